package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmokeTest {
  @Test
  void eagerIsFoundByTheServiceLoader() {
    Tensor sum = Tensor.of(new float[] {1, 2}, 2).add(Tensor.scalar(3f));
    assertThat(sum.floats()).containsExactly(4, 5);
  }

  @Test
  void runsAConvolutionAndALinearLayer() {
    var builder = new GraphBuilder("net");
    var x = builder.input("x", TensorType.of(DType.FLOAT32, "batch", "1", "3", "3"));
    var w = builder.initializer("w", Tensor.ones(2, 1, 3, 3).dense());
    var window = Window.of(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    var conv = builder.add(new Conv(window, 1), List.of(x, w), Origin.unknown());
    var relu = builder.add(new UnaryOp.Relu(), List.of(conv.output()), Origin.unknown());
    var flat = builder.add(new Flatten(1), List.of(relu.output()), Origin.unknown());
    var fc = builder.initializer("fc", Tensor.of(new float[] {1, 2}, 1, 2).dense());
    var bias = builder.initializer("bias", Tensor.of(new float[] {0.5f}, 1).dense());
    var y =
        builder.add(
            new Gemm(1, 1, false, true), List.of(flat.output(), fc, bias), Origin.unknown());
    var graph = builder.build(List.of(y.output()), Map.of());
    try (var session = Sardonyx.open(graph)) {
      assertThat(session.run(Tensor.ones(1, 1, 3, 3)).floats()).containsExactly(27.5f);
      assertThat(session.run(Tensor.ones(2, 1, 3, 3)).floats()).containsExactly(27.5f, 27.5f);
    }
  }
}
