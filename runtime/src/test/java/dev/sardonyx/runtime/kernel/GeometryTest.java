package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GeometryTest {

  @Test
  void outputSizesAreThoseOfResNet() {
    assertThat(square(224, 7, 2, 1, 3, 3, 64, 1).height().output()).isEqualTo(112);
    assertThat(square(56, 3, 1, 1, 1, 64, 64, 1).outWidth()).isEqualTo(56);
    assertThat(square(57, 3, 2, 2, 0, 64, 64, 1).outPixels()).isEqualTo(27 * 27);
  }

  @Test
  void refusesAKernelBeyondThePaddedInput() {
    assertThatThrownBy(() -> square(4, 3, 1, 3, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the kernel must fit the padded input (7 vs 6)");
  }

  @Test
  void refusesGroupsThatDoNotDivideTheChannels() {
    assertThatThrownBy(() -> square(4, 3, 1, 1, 1, 6, 4, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 vs 6 and 4");
  }

  @Test
  void refusesZeroStride() {
    assertThatThrownBy(() -> square(4, 3, 0, 1, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stride must be at least 1 (was 0)");
  }

  @Test
  void survivesExtremeSizes() {
    int most = Integer.MAX_VALUE;
    assertThatThrownBy(() -> square(most, 1, 1, 1, most, 1, 1, 1).outPixels())
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> square(5, most, 1, most, 0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ConvolutionGeometry square(
      int size, int kernel, int stride, int dilation, int pad, int in, int out, int groups) {
    var axis = new Axis(size, kernel, stride, dilation, pad, pad);
    return new ConvolutionGeometry(1, in, out, groups, Axis.SINGLE, axis, axis);
  }
}
