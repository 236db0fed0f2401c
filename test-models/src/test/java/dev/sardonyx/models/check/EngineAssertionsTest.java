package dev.sardonyx.models.check;

import static dev.sardonyx.runtime.contract.EngineAssertions.assertEnginesAgree;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.models.SimpleCnn;
import dev.sardonyx.models.SimpleFfn;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class EngineAssertionsTest {
  @Test
  void modelsGraphsAndFilesThatAgreePass(@TempDir Path folder) {
    Path file = folder.resolve("ffn.onnx");
    Onnx.write(Trace.of(new SimpleFfn()).graph(), file, 21);
    Map<String, Tensor> inputs = Map.of("x", Tensor.ones(3, 784));
    assertThatCode(
            () -> {
              assertEnginesAgree(new SimpleFfn());
              assertEnginesAgree(new SimpleFfn(), inputs);
              assertEnginesAgree(Trace.of(new SimpleFfn()).graph());
              assertEnginesAgree(Trace.of(new SimpleFfn()).graph(), inputs);
              assertEnginesAgree(file);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void theMessageOfAFailureHoldsTheDiagnosis() {
    Engine faulty = new NativeEngine(FaultyKernels.with("multiply", 0));
    var check = CrossCheck.of(new SimpleCnn()).engines(List.of(faulty, Sardonyx.engine("ort")));
    assertThatThrownBy(() -> assertEnginesAgree(check))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContainingAll(
            "the engines disagree",
            "max abs", // the outputs in short
            "FAIL",
            "the error is born here",
            "Conv",
            "conv1", // its module
            "SimpleCnn.java:",
            "blame",
            "element"); // and the worst of them
  }

  @Test
  void whatIsMissingIsNoSuccess() {
    assertThatThrownBy(
            () -> assertEnginesAgree(CrossCheck.of(new SimpleFfn()).engines("native", "nobody")))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("nobody");
  }
}
