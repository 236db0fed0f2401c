package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The verdicts on a family's pieces of code, each tried when it is first asked for. Whoever is told
 * that one does not pass leaves the work to the next set, before anything of it is written.
 * Thread-safe.
 */
final class Trials {
  private static final int UNTRIED = 0;
  private static final int TRYING = 1;
  private static final int PASSED = 2;
  private static final int FAILED = 3;

  private final Family family;
  private final AtomicIntegerArray verdicts;

  Trials(Family family) {
    this.family = family;
    this.verdicts = new AtomicIntegerArray(family.size());
  }

  /** What is tried. */
  Family family() {
    return family;
  }

  /** Whether a piece computes what plain loops do; a warning names one that does not, once. */
  boolean pass(int number) {
    int verdict = verdicts.get(number);
    return verdict == PASSED || verdict != FAILED && passAnew(number);
  }

  /** Under the lock the one who tries is the only one that meets a trial under way: his own. */
  private synchronized boolean passAnew(int number) {
    if (verdicts.get(number) == UNTRIED) {
      verdicts.set(number, TRYING);
      int verdict = UNTRIED; // where the trial is interrupted
      try {
        boolean agrees = family.agrees(number, TrialMemory.PLAIN, 0);
        verdict = agrees ? PASSED : failed(number, "fails its trial on this machine");
      } catch (SardonyxException e) {
        if (e.code() != ErrorCode.ENGINE) {
          throw e;
        }
        verdict = failed(number, "cannot be made: " + e.getMessage());
      } finally {
        verdicts.set(number, verdict);
      }
    }
    return verdicts.get(number) != FAILED;
  }

  /**
   * Whether a piece computes a problem as plain loops do, whatever is known of it: no other serves.
   */
  synchronized boolean agree(int number, TrialMemory memory, int variant) {
    int verdict = verdicts.getAndSet(number, TRYING);
    try {
      return family.agrees(number, memory, variant);
    } finally {
      verdicts.set(number, verdict);
    }
  }

  private int failed(int number, String why) {
    warn(family.name(number), why);
    return FAILED;
  }

  /** Says that a piece of code is not used. */
  static void warn(String name, String why) {
    System.getLogger("dev.sardonyx")
        .log(
            System.Logger.Level.WARNING,
            "machine code for {0} {1}; it is not used, the next set of kernels serves",
            name,
            why);
  }
}
