package dev.sardonyx.apitest;

import static dev.sardonyx.apitest.Graphs.lines;
import static dev.sardonyx.apitest.Graphs.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.tensor.DenseTensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AdaptivePoolTest {
  @Test
  void toOneIsGlobal() {
    assertThat(lines(new AdaptiveAvgPool2d(1), "n", "3", "h", "w"))
        .containsExactly("output: float32[n, 3, 1, 1] = GlobalAveragePool(x)");
  }

  @Test
  void toADivisorIsAnAveragePool() {
    assertThat(lines(new AdaptiveAvgPool2d(2, 3), "n", "3", "8", "9"))
        .containsExactly(
            "output: float32[n, 3, 2, 3] = AveragePool[kernel_shape=[4, 3], strides=[4, 3]](x)");
  }

  @Test
  void toAnythingElseIsTwoProductsWithPyTorchsWeights() {
    for (String[] row : Golden.rows("adaptive.csv")) {
      int size = Integer.parseInt(row[0]);
      int outputs = Integer.parseInt(row[1]);
      var graph = trace(new AdaptiveAvgPool2d(outputs), "n", "2", row[0], row[0]);
      assertThat(graph.outputs().getFirst().toString())
          .isEqualTo("output: float32[n, 2, %d, %d]".formatted(outputs, outputs));
      assertThat(graph.nodes().stream().map(node -> node.op().name()))
          .containsExactly("MatMul", "MatMul");
      DenseTensor right = graph.initializers().get("const_1");
      DenseTensor left = graph.initializers().get("const_2");
      float[] expected = Golden.floats(row[2]);
      assertThat(left.floats()).containsExactly(expected, Offset.offset(1e-7f));
      for (int i = 0; i < outputs * size; i++) {
        assertThat(right.floatAt((long) (i % size) * outputs + i / size))
            .isEqualTo(left.floatAt(i));
      }
    }
  }

  @Test
  void refusesSymbolsUnlessToOne() {
    Errors.expect(
        ErrorCode.SHAPE,
        () -> trace(new AdaptiveAvgPool2d(7), "n", "3", "h", "w"),
        "AdaptiveAvgPool2d to (7, 7) expects known spatial dims, found float32[n, 3, h, w]");
  }
}
