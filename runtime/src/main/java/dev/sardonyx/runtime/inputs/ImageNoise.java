package dev.sardonyx.runtime.inputs;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Noise with the statistics of photographs: an amplitude that falls as 1/f, so that each octave of
 * frequencies has the same power; channels that mostly agree; pixels that end at black and white.
 * White noise has next to nothing in the low frequencies, and deep networks average it away. Source
 * of the statistics: Field, Relations between the statistics of natural images, 1987; Ruderman,
 * Cronin, Chiao, Statistics of cone responses to natural images, 1998.
 */
final class ImageNoise {
  /** How much of the variance all channels have in common. */
  private static final double COMMON = 0.9;

  private final SplittableRandom random;
  private final int height;
  private final int width;

  ImageNoise(SplittableRandom random, int height, int width) {
    this.random = random;
    this.height = height;
    this.width = width;
  }

  /** One image: for each channel its pixels in [0, 1], row by row. */
  float[][] pixels(int channels) {
    float[] common = plane();
    float[][] image = new float[channels][];
    for (int channel = 0; channel < channels; channel++) {
      float[] own = channels == 1 ? common : plane();
      double mean = ImageNet.mean(channel, channels);
      double deviation = ImageNet.deviation(channel, channels);
      image[channel] = new float[own.length];
      for (int i = 0; i < own.length; i++) {
        double value =
            channels == 1
                ? common[i]
                : Math.sqrt(COMMON) * common[i] + Math.sqrt(1 - COMMON) * own[i];
        image[channel][i] = (float) Math.clamp(mean + deviation * value, 0, 1);
      }
    }
    return image;
  }

  /** Mean 0, variance 1: octaves of equal variance, each noise on a grid half as fine. */
  private float[] plane() {
    int octaves = 1;
    while (1 << octaves < Math.max(height, width)) {
      octaves++;
    }
    float[] plane = new float[Math.multiplyExact(height, width)];
    for (int octave = 0; octave < octaves; octave++) {
      addOctave(plane, 1 << octave, Math.sqrt(1.0 / octaves));
    }
    return plane;
  }

  /** Adds noise between whose independent values lie so many pixels. */
  private void addOctave(float[] plane, int step, double amplitude) {
    int rows = (height + step - 2) / step + 2;
    int columns = (width + step - 2) / step + 2;
    double[] grid = new double[Math.multiplyExact(rows, columns)];
    Arrays.setAll(grid, i -> random.nextGaussian());
    int down = random.nextInt(step);
    int right = random.nextInt(step);
    for (int y = 0; y < height; y++) {
      int row = (y + down) / step;
      double v = (double) ((y + down) % step) / step;
      for (int x = 0; x < width; x++) {
        int at = row * columns + (x + right) / step;
        double u = (double) ((x + right) % step) / step;
        double upper = (1 - u) * grid[at] + u * grid[at + 1];
        double lower = (1 - u) * grid[at + columns] + u * grid[at + columns + 1];
        double weights = Math.sqrt(squares(u) * squares(v)); // so that the variance is 1 everywhere
        plane[y * width + x] += (float) (amplitude * ((1 - v) * upper + v * lower) / weights);
      }
    }
  }

  private static double squares(double part) {
    return (1 - part) * (1 - part) + part * part;
  }
}
