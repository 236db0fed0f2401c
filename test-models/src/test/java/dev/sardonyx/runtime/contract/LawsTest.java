package dev.sardonyx.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.NnModule;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Each law is broken by the model that is made for it, and says how; where it can't be, it skips.
 */
class LawsTest {
  private static final List<Consumer<Laws>> ALL =
      List.of(
          Laws::exports,
          Laws::exportsTheSameBytesTwice,
          Laws::readsBackToTheSameGraph,
          laws -> laws.runsOn(Laws.NATIVE),
          laws -> laws.runsOn(Laws.ONNX_RUNTIME),
          Laws::crossChecks,
          Laws::stateDictSurvivesARoundTrip);

  private static Laws laws(Supplier<NnModule> model) {
    return new Laws(new Subject(model), Laws::randomInputs);
  }

  @Test
  void aLawfulModelKeepsAll() {
    Laws laws = laws(LawBreakers.Lawful::new);
    for (Consumer<Laws> law : ALL) {
      assertThatCode(() -> law.accept(laws)).doesNotThrowAnyException();
    }
  }

  @Test
  void whatDoesNotTraceFailsOnceAndSkipsTheOtherLaws() {
    var subject = new Subject(LawBreakers.Untraceable::new);
    assertThatThrownBy(subject::graph).hasMessageContaining("no way through");
    for (Consumer<Laws> law : ALL) {
      assertThatThrownBy(() -> law.accept(new Laws(subject, Laws::randomInputs)))
          .isInstanceOf(TestAbortedException.class)
          .hasMessageContaining("see the test traces: [Shape] no way through");
    }
  }

  @Test
  void aModelThatDependsOnWhenItIsMadeIsToldWhichWeightDiffers() {
    assertBroken(
        () -> laws(LawBreakers.Counting::new).exportsTheSameBytesTwice(),
        "initializer weight",
        "Generator.defaultGenerator()");
  }

  @Test
  void whatIsLostWithTheStateDictIsNamed() {
    assertBroken(
        () -> laws(LawBreakers.Forgetful::new).stateDictSurvivesARoundTrip(),
        "initializer noise",
        "persistent Buffer");
  }

  @Test
  void aModelThatComputesSomethingElseEagerlyIsFound() {
    assertThatThrownBy(() -> laws(LawBreakers.Moody::new).runsOn(Laws.NATIVE))
        .isInstanceOfSatisfying(
            SardonyxException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECK))
        .hasMessageContaining("eager against native");
  }

  @Test
  void withoutABridgeExportsAreSkippedWithWhatToAdd() {
    String lack = "add dev.sardonyx:sardonyx-onnx-bridge";
    var laws =
        new Laws(
            new Subject(LawBreakers.Lawful::new),
            Laws::randomInputs,
            _ -> {
              throw new SardonyxException(ErrorCode.UNSUPPORTED, lack);
            });
    for (Consumer<Laws> law : ALL.subList(0, 3)) {
      assertThatThrownBy(() -> law.accept(laws))
          .isInstanceOf(TestAbortedException.class)
          .hasMessageContaining(lack);
    }
  }

  @Test
  void anEngineThatIsNotThereIsSkippedWithTheReason() {
    assertThatThrownBy(() -> laws(LawBreakers.Lawful::new).runsOn("tpu"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("no engine 'tpu'");
  }

  private static void assertBroken(ThrowingCallable law, String... words) {
    assertThatThrownBy(law).isInstanceOf(AssertionFailedError.class).hasMessageContainingAll(words);
  }
}
