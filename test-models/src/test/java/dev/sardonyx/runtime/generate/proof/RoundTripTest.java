package dev.sardonyx.runtime.generate.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.models.SimpleCnn;
import dev.sardonyx.models.SimpleFfn;
import dev.sardonyx.models.TextClassifier;
import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that people wrote stand for generated ones. */
class RoundTripTest {
  @TempDir Path folder;

  private static String source(String name) throws IOException {
    return Files.readString(Path.of("src/main/java/dev/sardonyx/models/" + name + ".java"));
  }

  private ProofReport prove(NnModule model, Graph original, String source) {
    Path weights = folder.resolve("w.safetensors");
    model.stateDict().write(weights);
    String name = model.getClass().getName();
    return new RoundTrip(original, Map.of(), 0).prove(Map.of(name, source), name, weights);
  }

  private Graph exported(NnModule model) {
    Path file = folder.resolve("m.onnx");
    Onnx.export(model, file);
    return Onnx.read(file);
  }

  @Test
  void theSourceOfAModelIsItsExport() throws IOException {
    for (NnModule model : new NnModule[] {new SimpleCnn(), new SimpleFfn(), new TextClassifier()}) {
      String source = source(model.getClass().getSimpleName());
      ProofReport report = prove(model, exported(model), source);
      assertThat(report.passed()).as(report.toString()).isTrue();
      assertThat(report.trials()).hasSize(2);
      assertThat(report.parameters()).isEqualTo(model.parameterCount());
    }
  }

  @Test
  void otherWeightsAreFoundInOutputsAndGraph() throws IOException {
    ProofReport report = prove(new SimpleFfn(), exported(new SimpleFfn()), source("SimpleFfn"));
    assertThat(report.passed()).isFalse();
    assertThat(report.trials().getFirst().outputs().getFirst().comparison().passes()).isFalse();
    assertThat(report.trials().getFirst().graphs().difference().orElseThrow())
        .contains("first in the original: ", "fc1.bias", "first in the generated: ");
  }

  @Test
  void anotherOperatorIsFoundInTheGraphThoughTheOutputsAgree() throws IOException {
    var model = new SimpleFfn();
    String changed = source("SimpleFfn").replace("return fc2", "x = x.mul(2).div(2); return fc2");
    ProofReport report = prove(model, Trace.of(model).graph(), changed);
    assertThat(report.trials().getFirst().outputs().getFirst().comparison().passes()).isTrue();
    assertThat(report.trials().getFirst().graphs().isEqual()).isFalse();
    assertThat(report.passed()).isFalse();
  }

  @Test
  void whatTheCompilerRefusesIsTheResult() throws IOException {
    String source = source("SimpleFfn").replace("fc1 = ", "fc0 = ");
    ProofReport report = prove(new SimpleFfn(), Trace.of(new SimpleFfn()).graph(), source);
    assertThat(report.passed()).isFalse();
    assertThat(report.failure()).hasValue("the sources do not compile");
    assertThat(report.diagnostics().toString()).contains("SimpleFfn.java:", "fc0");
  }

  @Test
  void aWarningIsNoProof() throws IOException {
    String source =
        source("SimpleFfn")
            .replace("return fc2", "java.util.List l = java.util.List.of(); l.size(); return fc2");
    var model = new SimpleFfn();
    ProofReport report = prove(model, Trace.of(model).graph(), source);
    assertThat(report.diagnostics()).isNotEmpty();
    assertThat(report.passed()).isFalse();
  }
}
