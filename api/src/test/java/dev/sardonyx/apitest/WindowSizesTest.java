package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowSizesTest {
  private record Case(
      String kind, long size, int kernel, int stride, int padding, int dilation, boolean ceil) {
    UnaryModule layer() {
      return switch (kind) {
        case "conv" ->
            new Conv2d(1, 1, kernel, o -> o.stride(stride).padding(padding).dilation(dilation));
        case "max" ->
            new MaxPool2d(
                kernel, o -> o.stride(stride).padding(padding).dilation(dilation).ceilMode(ceil));
        default -> new AvgPool2d(kernel, o -> o.stride(stride).padding(padding).ceilMode(ceil));
      };
    }
  }

  private static Case read(String[] row) {
    int[] numbers = new int[6];
    for (int i = 0; i < 6; i++) {
      numbers[i] = Integer.parseInt(row[i + 1]);
    }
    return new Case(
        row[0], numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5] == 1);
  }

  private static Dim height(UnaryModule layer, TensorType input) {
    return Trace.of(layer, input).graph().outputs().getFirst().tensorType().dim(2);
  }

  @Test
  void equalPyTorchsForKnownSizes() {
    for (String[] row : Golden.rows("sizes.csv")) {
      Case given = read(row);
      TensorType input = TensorType.of(DType.FLOAT32, 1, 1, given.size(), given.size());
      assertThat(height(given.layer(), input)).as("%s", given).isEqualTo(Dim.parse(row[7]));
    }
  }

  @Test
  void equalPyTorchsOnceSymbolsAreBound() {
    for (String[] row : Golden.rows("sizes.csv")) {
      Case given = read(row);
      TensorType input = TensorType.of(DType.FLOAT32, "batch", "1", "side", "side");
      Dim found = height(given.layer(), input).bind(Map.of("side", given.size()));
      assertThat(found).as("%s", given).isEqualTo(Dim.parse(row[7]));
    }
  }
}
