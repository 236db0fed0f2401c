package dev.sardonyx.runtime.machine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Pieces of code by number, each made when it is first asked for. Thread-safe. */
public final class CodeTable {
  private final AtomicReferenceArray<@Nullable Optional<MachineCode>> pieces;
  private final IntFunction<@Nullable MachineCode> maker;

  CodeTable(int size, IntFunction<@Nullable MachineCode> maker) {
    this.pieces = new AtomicReferenceArray<>(size);
    this.maker = maker;
  }

  /** The piece of a number, or null where it shall not be used. */
  public @Nullable MachineCode get(int number) {
    Optional<MachineCode> piece = pieces.get(number);
    return (piece == null ? make(number) : piece).orElse(null);
  }

  private synchronized Optional<MachineCode> make(int number) {
    Optional<MachineCode> piece = pieces.get(number);
    if (piece == null) {
      piece = Optional.ofNullable(maker.apply(number));
      pieces.set(number, piece);
    }
    return piece;
  }

  void clear() {
    for (int i = 0; i < pieces.length(); i++) {
      pieces.set(i, null);
    }
  }
}
