package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.machine.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs all machine code that sessions may run on this machine, on problems with whole and broken
 * vectors, and compares it with plain loops. All memory lies directly before, and then behind, a
 * page that nobody may touch: code that goes beyond it ends the process.
 */
public final class SelfTest {
  private SelfTest() {}

  /**
   * What came of the kernels of one kind.
   *
   * @param kernels pieces of code
   * @param problems what they computed
   * @param wrong the pieces that computed something else
   */
  public record Verdict(String family, int kernels, int problems, List<String> wrong) {
    /** Copies the list. */
    public Verdict {
      wrong = List.copyOf(wrong);
    }

    /** Whether all agree. */
    public boolean passed() {
      return wrong.isEmpty();
    }
  }

  /**
   * Runs it, in some seconds.
   *
   * @param processor what the code is written for: this one, or as if it had less
   * @param began is told the name of each family before its code runs
   * @param ended is told each verdict
   */
  public static List<Verdict> run(
      Processor processor, Consumer<String> began, Consumer<Verdict> ended) {
    int width = MachineKernels.width(processor.level());
    MachineKernels kernels = MachineKernels.on(processor, () -> Kernels.scalar(width));
    List<Verdict> verdicts = new ArrayList<>();
    try (Kernels.Lease _ = kernels.lease()) {
      for (Trials trials : kernels.trials()) {
        began.accept(trials.family().name());
        verdicts.add(run(trials));
        ended.accept(verdicts.getLast());
      }
    }
    return verdicts;
  }

  static Verdict run(Trials trials) {
    Family family = trials.family();
    List<String> wrong = new ArrayList<>();
    int pieces = 0;
    int problems = 0;
    for (int number = 0; number < family.size(); number++) {
      if (family.has(number)) {
        boolean agrees = true;
        for (int variant = 0; variant < family.variants(); variant++) {
          agrees &= trials.agree(number, TrialMemory.BEFORE, variant);
          agrees &= trials.agree(number, TrialMemory.BEHIND, variant);
          problems += 2;
        }
        if (!agrees) {
          wrong.add(family.name(number));
        }
        pieces++;
      }
    }
    return new Verdict(family.name(), pieces, problems, wrong);
  }
}
