package dev.sardonyx.runtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of known failures is held to both ways: nothing new fails, and nothing on it passes. */
class ExpectationsTest {
  @TempDir Path folder;

  private Expectations list(String... lines) throws IOException {
    return Expectations.read(Files.write(folder.resolve("list.tsv"), List.of(lines)));
  }

  private static Verdicts verdicts(Object... namesAndVerdicts) {
    var verdicts = new Verdicts();
    for (int i = 0; i < namesAndVerdicts.length; i += 2) {
      var set = new DataSet("", (String) namesAndVerdicts[i], "test_data_set_0", Path.of("x"));
      var outcome = new Outcome(set, Status.OK, Stage.RUN, "", "", 0, 0, List.of());
      var verdict = (Verdict) namesAndVerdicts[i + 1];
      verdicts.add(
          new Judgement(outcome, verdict, verdict == Verdict.PASSED ? "" : "for a reason"));
    }
    return verdicts;
  }

  @Test
  void theListAsItIsIsNoDifference() throws IOException {
    Expectations list = list("# why", "", "b\tunsupported\tno such operator");
    assertThat(list.differences(verdicts("a", Verdict.PASSED, "b", Verdict.UNSUPPORTED), true))
        .isEmpty();
  }

  @Test
  void whatNoLongerPassesIsNamed() throws IOException {
    assertThat(list().differences(verdicts("a", Verdict.WRONG), true))
        .containsExactly("a: must pass, is wrong: for a reason");
  }

  @Test
  void whatPassesNowMustLeaveTheList() throws IOException {
    assertThat(list("a\terror\told").differences(verdicts("a", Verdict.PASSED), true))
        .containsExactly("a: passes, the list says error; take it off");
  }

  @Test
  void whatFailsOtherwiseThanListedIsNamed() throws IOException {
    assertThat(list("a\tunsupported\told").differences(verdicts("a", Verdict.WRONG), true))
        .containsExactly("a: was unsupported, is wrong: for a reason");
  }

  @Test
  void whatChanceDecidesMayComeOutAnyWay() throws IOException {
    Expectations list = list("a\tany\tit is random");
    for (Verdict verdict : Verdict.values()) {
      assertThat(list.differences(verdicts("a", verdict), true)).isEmpty();
    }
  }

  @Test
  void whatIsGoneMustLeaveTheListWhereAllRan() throws IOException {
    Expectations list = list("gone\terror\told");
    assertThat(list.differences(verdicts("a", Verdict.PASSED), true))
        .containsExactly("gone: is on the list but there is no such case; take it off");
    assertThat(list.differences(verdicts("a", Verdict.PASSED), false)).isEmpty();
  }

  @Test
  void oneDataSetThatFailsFailsItsCase() throws IOException {
    Verdicts verdicts = verdicts("a", Verdict.PASSED, "a", Verdict.WRONG, "a", Verdict.PASSED);
    assertThat(list().differences(verdicts, true)).hasSize(1);
  }

  @Test
  void linesOfAnotherFormAreRefused() {
    for (String line : List.of("a", "a\tunsupported", "a\tbad\treason", "a\terror\t ")) {
      assertThatThrownBy(() -> list(line))
          .isInstanceOf(SardonyxException.class)
          .hasMessageContaining(line.strip());
    }
    assertThatThrownBy(() -> list("a\terror\tx", "a\terror\ty"))
        .isInstanceOf(SardonyxException.class);
  }
}
