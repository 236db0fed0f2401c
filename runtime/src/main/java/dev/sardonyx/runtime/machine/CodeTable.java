package dev.sardonyx.runtime.machine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Pieces of code by number, each made when it is first asked for. Thread-safe. */
public final class CodeTable {
  private final AtomicReferenceArray<@Nullable MachineCode> pieces;
  private final IntFunction<MachineCode> maker;

  CodeTable(int size, IntFunction<MachineCode> maker) {
    this.pieces = new AtomicReferenceArray<>(size);
    this.maker = maker;
  }

  /** The piece of a number. */
  public MachineCode get(int number) {
    MachineCode piece = pieces.get(number);
    return piece == null ? make(number) : piece;
  }

  private synchronized MachineCode make(int number) {
    MachineCode piece = pieces.get(number);
    if (piece == null) {
      piece = maker.apply(number);
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
