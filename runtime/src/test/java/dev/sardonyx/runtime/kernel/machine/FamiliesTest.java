package dev.sardonyx.runtime.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.machine.Processor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All code between pages that nobody may touch, against plain loops. */
class FamiliesTest {
  @ParameterizedTest
  @EnumSource
  void everyPieceOfCodeKeepsToItsMemoryAndAgreesWithPlainLoops(Processor.Level level) {
    assumeTrue(Processor.current().has(level));
    for (SelfTest.Verdict verdict : SelfTest.run(Processor.current().at(level), _ -> {}, _ -> {})) {
      assertThat(verdict.wrong()).as(verdict.family()).isEmpty();
      assertThat(verdict.problems()).as(verdict.family()).isPositive();
    }
  }

  @Test
  void piecesThatDisagreeAreNamed() {
    var trials =
        new Trials(
            new Numbers() {
              @Override
              public boolean agrees(int number, TrialMemory memory, int variant) {
                return number != 2 || variant != 1 || memory != TrialMemory.BEHIND;
              }
            });
    SelfTest.Verdict verdict = SelfTest.run(trials);
    assertThat(verdict).isEqualTo(new SelfTest.Verdict("numbers", 3, 18, List.of("number 2")));
    assertThat(verdict.passed()).isFalse();
  }

  /** Wrong code that kernels have left for the next set, as they do where a trial fails. */
  @Test
  void piecesThatAnotherSetStandsInForAreNamedAsWell() {
    var wrong =
        new Numbers() {
          private final Trials trials = new Trials(this);

          @Override
          public boolean agrees(int number, TrialMemory memory, int variant) {
            return number != 2 || !trials.pass(number);
          }
        };
    assertThat(wrong.trials.pass(2)).isFalse();
    assertThat(SelfTest.run(wrong.trials).wrong()).containsExactly("number 2");
  }

  private abstract static class Numbers implements Family {
    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public int size() {
      return 4;
    }

    @Override
    public boolean has(int number) {
      return number > 0;
    }

    @Override
    public String name(int number) {
      return "number " + number;
    }

    @Override
    public int variants() {
      return 3;
    }
  }
}
