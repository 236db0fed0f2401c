package dev.sardonyx.runtime.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileCostsTest {
  /**
   * Ratios of a feasibility study on a core of the Sapphire Rapids class: what ONNX Runtime takes
   * to what products take of floats, of six and of three products of parts.
   */
  @ParameterizedTest
  @CsvSource({
    "64, 784, 128, 1.07, 1.59, 2.58",
    "128, 768, 768, 1.09, 1.95, 3.06",
    "128, 768, 3072, 1.145, 2.13, 3.45",
    "3136, 576, 64, 1.06, 1.31, 1.91",
    "49, 4608, 512, 1.11, 1.43, 2.35"
  })
  void sharesAreNearThoseThatWereMeasured(
      int m, int k, int n, double floats, double six, double three) {
    long split = (long) m * k;
    assertThat(TileCosts.share(m, n, k, split, 3)).isCloseTo(floats / six, within(0.06));
    assertThat(TileCosts.share(m, n, k, split, 2)).isCloseTo(floats / three, within(0.06));
  }

  @Test
  void pixelsThatAreSplitOnceCostWhatDirectConvolutionsDid() {
    double share = TileCosts.share(3136, 64, 576, 3136 * 64, 3);
    assertThat(share).isCloseTo(1.06 / 1.97, within(0.06));
  }

  @Test
  void whatIsSmallStaysInFloats() {
    assertThat(TileCosts.share(3136, 64, 16, 3136 * 16, 3)).isGreaterThan(1);
    assertThat(TileCosts.share(3136, 16, 64, 3136 * 64, 3)).isGreaterThan(1);
    assertThat(TileCosts.share(8, 4096, 4096, 8 * 4096, 3)).isInfinite();
  }
}
