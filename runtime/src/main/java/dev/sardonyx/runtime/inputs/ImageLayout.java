package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import java.util.Optional;

/**
 * Where the dims of images stand in a shape of rank 3 or 4.
 *
 * @param channels 1 or 3
 * @param batch the axis of the images; -1 for one image of rank 3
 */
record ImageLayout(int channels, int batch, int channelAxis, int heightAxis, int widthAxis) {
  private static final int RANK = 3;

  /** Channels first as PyTorch has them, or else last as TensorFlow does; of 1 or 3 channels. */
  static Optional<ImageLayout> of(Shape shape) {
    if (!shape.isKnown() || shape.rank() < RANK || shape.rank() > RANK + 1) {
      return Optional.empty();
    }
    int batch = shape.rank() - RANK - 1;
    int first = batch + 1;
    int channels = channels(shape.dim(first));
    if (channels > 0) {
      return Optional.of(new ImageLayout(channels, batch, first, first + 1, first + 2));
    }
    channels = channels(shape.dim(first + 2));
    return channels > 0
        ? Optional.of(new ImageLayout(channels, batch, first + 2, first, first + 1))
        : Optional.empty();
  }

  private static int channels(Dim dim) {
    return dim.isFixed() && (dim.fixed() == 1 || dim.fixed() == RANK) ? (int) dim.fixed() : 0;
  }

  boolean isChannelsFirst() {
    return channelAxis < heightAxis;
  }

  /** Where the sample of a channel at a pixel stands in one image of that many pixels. */
  int place(int channel, int pixel, int pixels) {
    return isChannelsFirst() ? channel * pixels + pixel : pixel * channels + channel;
  }
}
