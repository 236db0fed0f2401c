package dev.sardonyx.runtime.machine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
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

  /** The piece of a number. Errors: ENGINE where the system gives no executable memory. */
  public MachineCode get(int number) {
    MachineCode piece = pieces.get(number);
    return piece == null ? make(number) : piece;
  }

  private synchronized MachineCode make(int number) {
    MachineCode piece = pieces.get(number);
    if (piece == null) {
      try {
        piece = maker.apply(number);
      } catch (UnsupportedOperationException e) {
        throw new SardonyxException(
            ErrorCode.ENGINE,
            e.getMessage() + "; -Dsardonyx.kernels=vector keeps to kernels in Java");
      }
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
