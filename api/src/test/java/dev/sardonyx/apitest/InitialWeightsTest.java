package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.nn.Conv1d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Conv3d;
import dev.sardonyx.api.nn.ConvTranspose1d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.ConvTranspose3d;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("default generator")
class InitialWeightsTest {
  private static NnModule make(String text) {
    return switch (text) {
      case "Linear(7, 5)" -> new Linear(7, 5);
      case "Linear(784, 128)" -> new Linear(784, 128);
      case "Conv2d(3, 64, 7)" -> new Conv2d(3, 64, 7);
      case "Conv2d(8, 8, (3, 5), groups=4)" ->
          new Conv2d(8, 8, IntTuple.of(3, 5), o -> o.groups(4));
      case "Conv1d(4, 6, 5)" -> new Conv1d(4, 6, 5);
      case "Conv3d(2, 6, 3, groups=2)" -> new Conv3d(2, 6, 3, o -> o.groups(2));
      case "ConvTranspose1d(3, 7, 4)" -> new ConvTranspose1d(3, 7, 4);
      case "ConvTranspose2d(6, 8, (3, 2), groups=2)" ->
          new ConvTranspose2d(6, 8, IntTuple.of(3, 2), o -> o.groups(2));
      case "ConvTranspose3d(2, 5, 2)" -> new ConvTranspose3d(2, 5, 2);
      default -> throw new IllegalArgumentException(text);
    };
  }

  @Test
  void equalPyTorchsAfterTheSameManualSeedBitForBit() {
    for (String[] row : Golden.rows("initial_weights.csv")) {
      Sardonyx.manualSeed(Long.parseLong(row[1]));
      float[] found = make(row[0]).stateDict().get(row[2]).floats();
      float[] ends = Golden.floats(row[4]);
      int size = found.length;
      assertThat(size).isEqualTo(Integer.parseInt(row[3]));
      assertThat(Arrays.copyOf(found, 5)).isEqualTo(Arrays.copyOf(ends, 5));
      assertThat(Arrays.copyOfRange(found, size - 5, size))
          .isEqualTo(Arrays.copyOfRange(ends, 5, 10));
      double sum = 0;
      for (float weight : found) {
        sum += weight;
      }
      assertThat(sum).isCloseTo(Double.parseDouble(row[5]), Offset.offset(1e-9));
    }
  }

  @Test
  void dropoutInTrainingEqualsPyTorchs() {
    for (String[] row : Golden.rows("masks.csv")) {
      var layer = new Dropout(Double.parseDouble(row[0]));
      layer.train();
      Sardonyx.manualSeed(Long.parseLong(row[1]));
      assertThat(layer.forward(Tensor.ones(40)).floats()).isEqualTo(Golden.floats(row[2]));
    }
  }

  @Test
  void drawsStayBelowTheUpperBound() {
    float[] drawn = new Generator(3).uniform(Shape.of(10_000), 0, 1).floats();
    for (float value : drawn) {
      assertThat(value).isGreaterThanOrEqualTo(0f).isLessThan(1f);
    }
  }
}
