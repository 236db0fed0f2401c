package dev.sardonyx.runtime.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The laws of photographs that the noise is to follow. */
class ImageNoiseTest {
  private static final int SIDE = 128;
  private static final int IMAGES = 40;

  /**
   * The power of a row falls as 1/f where that of the plane falls as 1/f^2: from 2 to 32 waves by
   * 16; white noise would give 1.
   */
  @Test
  void thePowerOfARowFallsWithTheFrequency() {
    double low = 0;
    double high = 0;
    var random = new SplittableRandom(0);
    for (int image = 0; image < IMAGES; image++) {
      float[] plane = new ImageNoise(random, SIDE, SIDE).pixels(1)[0];
      for (int row = 0; row < SIDE; row += 8) {
        low += power(plane, row, 2);
        high += power(plane, row, 32);
      }
    }
    assertThat(low / high).isBetween(8.0, 40.0);
  }

  private static double power(float[] plane, int row, int waves) {
    double real = 0;
    double imaginary = 0;
    for (int x = 0; x < SIDE; x++) {
      double angle = 2 * Math.PI * waves * x / SIDE;
      // a window, so that the edges of the picture leak nothing into high frequencies
      double value = plane[row * SIDE + x] * (1 - Math.cos(2 * Math.PI * x / SIDE));
      real += value * Math.cos(angle);
      imaginary += value * Math.sin(angle);
    }
    return real * real + imaginary * imaginary;
  }

  @Test
  void channelsMostlyAgree() {
    float[][] image = new ImageNoise(new SplittableRandom(1), SIDE, SIDE).pixels(3);
    assertThat(correlation(image[0], image[1])).isBetween(0.75, 0.97);
    assertThat(correlation(image[0], image[2])).isBetween(0.75, 0.97);
  }

  private static double correlation(float[] a, float[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (a[i] - meanA) * (b[i] - meanB);
      squaresA += (a[i] - meanA) * (a[i] - meanA);
      squaresB += (b[i] - meanB) * (b[i] - meanB);
    }
    return product / Math.sqrt(squaresA * squaresB);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Source: the means that torchvision normalises by. */
  @Test
  void pixelsLieBetweenBlackAndWhiteAboutTheMeanOfImageNet() {
    double mean = 0;
    var random = new SplittableRandom(2);
    for (int i = 0; i < 4 * IMAGES; i++) {
      float[][] image = new ImageNoise(random, 33, 65).pixels(3);
      for (float value : image[0]) {
        assertThat(value).isBetween(0f, 1f);
      }
      mean += mean(image[0]) / (4 * IMAGES);
    }
    assertThat(mean).isCloseTo(0.485, Offset.offset(0.03));
  }

  @Test
  void anySizeCanBeDrawn() {
    for (int side : new int[] {1, 2, 3, 7, 16, 17}) {
      assertThat(new ImageNoise(new SplittableRandom(3), side, 5).pixels(3)[2]).hasSize(5 * side);
    }
  }
}
