package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.CELU;
import dev.sardonyx.api.nn.ELU;
import dev.sardonyx.api.nn.GELU;
import dev.sardonyx.api.nn.GLU;
import dev.sardonyx.api.nn.Hardshrink;
import dev.sardonyx.api.nn.Hardtanh;
import dev.sardonyx.api.nn.LogSigmoid;
import dev.sardonyx.api.nn.Mish;
import dev.sardonyx.api.nn.Softmin;
import dev.sardonyx.api.nn.Softplus;
import dev.sardonyx.api.nn.Softshrink;
import dev.sardonyx.api.nn.Threshold;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationLayersTest {

  static Stream<UnaryModule> layers() {
    return Stream.of(
        new CELU(),
        new ELU(),
        new GELU("tanh"),
        new Hardshrink(),
        new Hardtanh(),
        new LogSigmoid(),
        new Mish(),
        new Softmin(1),
        new Softplus(2, 1),
        new Softshrink(),
        new Threshold(0, 1));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void keepsASymbolicBatch(UnaryModule layer) {
    assertThat(traced(layer, "batch", "6").outputs().getFirst().type())
        .hasToString("float32[batch, 6]");
  }

  @Test
  void gluHalvesItsDim() {
    assertThat(traced(new GLU(), "batch", "6").outputs().getFirst().type())
        .hasToString("float32[batch, 3]");
    assertThatThrownBy(() -> traced(new GLU(1), "batch", "5"))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Shape] glu expects an even size of dim 1, found float32[batch, 5]");
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> new GELU("erf"))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("GELU: approximate must be none or tanh, found erf");
    assertThatThrownBy(() -> traced(new CELU(0), "batch", "5"))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("celu: alpha must be other than 0, found 0.0");
    assertThatThrownBy(() -> traced(new Softshrink(-1), "batch", "5"))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("softshrink: lambd must be 0 or more, found -1.0");
  }

  private static Graph traced(UnaryModule layer, String... dims) {
    Value x = new Value("x", TensorType.of(DType.FLOAT32, dims));
    return Trace.of(layer, List.of(x), in -> List.of(layer.forward(in.getFirst()))).graph();
  }
}
