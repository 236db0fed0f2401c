package dev.sardonyx.runtime.machine;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of code by number, each made when it is first asked for, and tried when it is first asked
 * whether it passes. Thread-safe.
 */
public final class CodeTable {
  private static final int UNTRIED = 0;
  private static final int PASSED = 1;
  private static final int FAILED = 2;

  private final AtomicReferenceArray<@Nullable MachineCode> pieces;
  private final AtomicIntegerArray verdicts;
  private final IntFunction<MachineCode> maker;
  private final IntPredicate trial;

  CodeTable(int size, IntFunction<MachineCode> maker, IntPredicate trial) {
    this.pieces = new AtomicReferenceArray<>(size);
    this.verdicts = new AtomicIntegerArray(size);
    this.maker = maker;
    this.trial = trial;
  }

  /** How many numbers there are. */
  public int size() {
    return pieces.length();
  }

  /**
   * Whether a piece computes what plain loops do on a small problem of its shape. It is tried once,
   * when this is first asked; where it fails, a warning says so, and whoever asks leaves the work
   * to the next set, before anything of it is written.
   */
  public boolean passes(int number) {
    int verdict = verdicts.get(number);
    return (verdict == UNTRIED ? tried(number) : verdict) == PASSED;
  }

  private synchronized int tried(int number) {
    int verdict = verdicts.get(number);
    if (verdict == UNTRIED) {
      MachineCode code = get(number);
      verdict = trial.test(number) ? PASSED : FAILED;
      if (verdict == FAILED) {
        System.getLogger("dev.sardonyx")
            .log(
                System.Logger.Level.WARNING,
                "machine code for {0} fails its trial on this machine and is not used;"
                    + " the next set of kernels serves",
                code);
      }
      verdicts.set(number, verdict);
    }
    return verdict;
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
