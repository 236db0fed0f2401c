package dev.sardonyx.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed is told apart: graph, weights, inputs, outputs. */
class GoldenTest {
  private static final String HOW = "-Dsardonyx.golden=update";

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void writesTheFileOfALawfulModel() {
    file = folder.resolve("com/example/LawfulTest.golden");
    golden(LawBreakers.Lawful::new).update();
  }

  private Golden golden(Supplier<NnModule> model) {
    return new Golden(new Subject(model), file, Laws::randomInputs);
  }

  private void edit(String regex, String replacement) throws IOException {
    String text = Files.readString(file);
    String edited = text.replaceFirst(regex, replacement);
    assertThat(edited).isNotEqualTo(text);
    Files.writeString(file, edited);
  }

  @Test
  void withoutAFileThereIsNoTestAndWithOneThereAreThree() {
    var subject = new Subject(LawBreakers.Lawful::new);
    assertThat(Golden.tests(subject, folder.resolve("none.golden"), Laws::randomInputs)).isEmpty();
    assertThat(Golden.tests(subject, file, Laws::randomInputs))
        .extracting("displayName")
        .containsExactly("graph", "weights", "outputs");
  }

  @Test
  void theSameModelIsAsInItsFileAndWritesItAgainToTheByte() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Golden golden = golden(LawBreakers.Lawful::new);
    assertThatCode(golden::graphIsTheSame).doesNotThrowAnyException();
    assertThatCode(golden::weightsAreTheSame).doesNotThrowAnyException();
    assertThatCode(golden::outputsAreTheSame).doesNotThrowAnyException();
    golden.update();
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void theFileIsReadByPeopleAndTellsNoPlacesInTheSource() {
    assertThat(file)
        .content()
        .contains("output: float32[batch, 2] = Gemm[transB=1](x, fc.weight, fc.bias)\n")
        .contains("fc.weight: float32[2, 3]  sha256 ", "x: float32[2, 3]  sha256 ", "rms ")
        .doesNotContain(".java");
  }

  @Test
  void anotherGraphShowsBothLinesAndHowToAcceptIt() {
    assertThatThrownBy(() -> golden(() -> new LawBreakers.Lawful(4)).graphIsTheSame())
        .hasMessageContainingAll("graph changed", "float32[batch, 2] =", "float32[batch, 4] =")
        .hasMessageContainingAll("LawfulTest.golden", HOW);
  }

  @Test
  void otherWeightsAreNamedAndTheGraphIsStillTheSame() {
    Supplier<NnModule> trained =
        () -> {
          var model = new LawBreakers.Lawful();
          Map<String, Tensor> entries = new LinkedHashMap<>(model.stateDict().entries());
          entries.replace("fc.bias", Tensor.zeros(2));
          model.load(new StateDict(entries));
          return model;
        };
    assertThatCode(() -> golden(trained).graphIsTheSame()).doesNotThrowAnyException();
    assertThatThrownBy(() -> golden(trained).weightsAreTheSame())
        .hasMessageContainingAll("weights changed", "1 of 2 lines differ", "fc.bias", HOW);
    assertThatThrownBy(() -> golden(trained).outputsAreTheSame())
        .hasMessageContainingAll("output 'output' changed", "projection was", HOW);
  }

  @Test
  void otherInputsAreNoFaultOfTheOutputs() {
    var other =
        new Golden(
            new Subject(LawBreakers.Lawful::new), file, _ -> Map.of("x", Tensor.zeros(2, 3)));
    assertThatThrownBy(other::outputsAreTheSame)
        .hasMessageContainingAll("inputs changed", "x: float32[2, 3]", HOW);
  }

  @Test
  void outputsMayMoveByWhatEnginesDifferButNotByMore() throws IOException {
    Golden golden = golden(LawBreakers.Lawful::new);
    edit("(rms \\d\\.\\d{5})\\d", "$19");
    assertThatCode(golden::outputsAreTheSame).doesNotThrowAnyException();
    edit("rms \\d\\.\\d", "rms 9.9");
    assertThatThrownBy(golden::outputsAreTheSame).hasMessageContainingAll("rms was 9.9", "is ");
  }

  @Test
  void aBrokenFileSaysHowToWriteItAnew() throws IOException {
    edit("rms", "root");
    assertThatThrownBy(() -> golden(LawBreakers.Lawful::new).outputsAreTheSame())
        .hasMessageContaining("output");
    edit("\\[weights]", "weights");
    assertThatThrownBy(() -> golden(LawBreakers.Lawful::new).graphIsTheSame())
        .hasMessageContainingAll("expected the sections [[graph], [weights]", HOW);
  }

  @Test
  void numbersShowThatElementsChangedPlaces() {
    TensorNumbers one = TensorNumbers.of(Tensor.of(new float[] {1, 2, 3, 4}, 4).dense());
    TensorNumbers other = TensorNumbers.of(Tensor.of(new float[] {4, 2, 3, 1}, 4).dense());
    Tolerance tolerance = Tolerance.ofModel(DType.FLOAT32);
    assertThat(one.difference(other, tolerance)).get().asString().startsWith("projection was");
    assertThat(TensorNumbers.parse(one.toString())).get().hasToString(one.toString());
    float[] unbounded = {1, Float.NaN, 3, 4};
    assertThat(one.difference(TensorNumbers.of(Tensor.of(unbounded, 4).dense()), tolerance))
        .contains("0 elements were not finite, 1 are");
  }
}
