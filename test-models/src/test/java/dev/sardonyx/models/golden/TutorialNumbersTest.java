package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.LeakyReLU;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Padding;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sigmoid;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Numbers that tutorials of PyTorch print with four digits after the point: inputs and weights are
 * rounded as well, so that a sum of products is off by a little more.
 */
class TutorialNumbersTest {
  private static final Offset<Float> PRINTED = Offset.offset(2e-4f);

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

  @Test
  void convolutionWithPaddingSame() {
    float[] image = {
      0.7609f, 0.8803f, 0.2294f,
      0.8200f, 0.8600f, 0.5657f,
      0.2421f, 0.0077f, 0.9762f
    };
    float[] weight = {
      0.0767f, 0.2002f, -0.2259f,
      -0.3162f, 0.2678f, -0.0168f,
      -0.0362f, -0.0189f, -0.0551f,
      0.1302f, -0.0640f, -0.2265f,
      -0.2353f, -0.3108f, -0.3259f,
      0.2809f, -0.1426f, -0.0763f,
      0.2515f, 0.2941f, 0.0281f,
      -0.1044f, -0.1175f, 0.2562f,
      0.2423f, 0.3199f, -0.3061f
    };
    float[] printed = {
      -0.0795f, -0.2914f, -0.4644f,
      -0.0520f, -0.1241f, -0.2314f,
      -0.1710f, -0.1893f, 0.2325f,
      -0.6988f, -0.4558f, -0.1104f,
      -0.8113f, -0.6543f, -0.4082f,
      -0.3180f, -0.4468f, -0.2224f,
      0.2227f, 0.2641f, 0.3581f,
      0.5351f, 0.2648f, 0.5343f,
      0.3264f, 0.7865f, 0.3547f
    };
    var layer = new Conv2d(1, 3, 3, o -> o.padding(Padding.SAME));
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("weight", Tensor.of(weight, 3, 1, 3, 3));
    state.put("bias", Tensor.of(new float[] {-0.2056f, 0.0071f, 0.0876f}, 3));
    layer.load(new StateDict(state));
    assertPrinted(layer, Tensor.of(image, 1, 1, 3, 3), printed);
  }
}
