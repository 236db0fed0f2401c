package dev.sardonyx.runtime.inputs;

/**
 * How images are normalised for models that were trained on ImageNet: pixels in [0, 1], less a
 * mean, divided by a deviation. Source: torchvision.transforms, Normalize in the documentation of
 * its pretrained models; of one channel the average of three.
 */
final class ImageNet {
  private static final double[] MEAN = {0.485, 0.456, 0.406};
  private static final double[] DEVIATION = {0.229, 0.224, 0.225};

  private ImageNet() {}

  static double mean(int channel, int channels) {
    return channels == 1 ? (MEAN[0] + MEAN[1] + MEAN[2]) / 3 : MEAN[channel];
  }

  static double deviation(int channel, int channels) {
    return channels == 1 ? (DEVIATION[0] + DEVIATION[1] + DEVIATION[2]) / 3 : DEVIATION[channel];
  }

  /** A pixel of [0, 1] normalised. */
  static double normalised(double pixel, int channel, int channels) {
    return (pixel - mean(channel, channels)) / deviation(channel, channels);
  }
}
