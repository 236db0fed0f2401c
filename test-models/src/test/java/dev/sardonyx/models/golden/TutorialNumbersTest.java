package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.LeakyReLU;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sigmoid;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Numbers that tutorials of PyTorch print; they have four digits after the point. */
class TutorialNumbersTest {
  private static final Offset<Float> PRINTED = Offset.offset(5.1e-5f);

  private static void assertPrinted(UnaryModule layer, Tensor x, float... printed) {
    assertThat(layer.forward(x).floats()).containsExactly(printed, PRINTED);
  }

  @Test
  void leakyReluWithSlopeOneTenth() {
    Tensor x = Tensor.of(new float[] {-0.3135f, -0.3198f, 0.2046f, 2.0089f}, 4);
    assertPrinted(new LeakyReLU(0.1), x, -0.0313f, -0.0320f, 0.2046f, 2.0089f);
  }

  @Test
  void sigmoid() {
    assertPrinted(new Sigmoid(), Tensor.of(new float[] {0.2905f, -0.1586f}, 2), 0.5721f, 0.4604f);
  }

  @Test
  void relu() {
    Tensor x = Tensor.of(new float[] {-1.1377f, 0.1660f, -0.8894f}, 1, 3);
    assertPrinted(new ReLU(), x, 0, 0.1660f, 0);
  }

  @Test
  void maxPoolOfTwo() {
    float[] image = {
      -0.3371f, 0.1317f, 0.9040f, 1.3387f,
      -2.2840f, 2.3960f, 0.2795f, 0.5269f,
      0.5753f, -0.7660f, 0.3067f, -0.4039f,
      -0.8702f, -0.2735f, 0.7680f, -2.3174f
    };
    Tensor x = Tensor.of(image, 1, 1, 4, 4);
    assertPrinted(new MaxPool2d(2), x, 2.3960f, 1.3387f, 0.5753f, 0.7680f);
  }
}
