package dev.sardonyx.runtime.inputs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.checkpoint.file.FileMemory;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.image.Images;
import dev.sardonyx.runtime.image.Pixels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An image as the tensor that an input wants, [1, C, H, W], [1, H, W, C] or without the first dim.
 * Nothing is guessed: it must have the input's height and width unless it is to be resized, and is
 * in [0, 1] unless its values are asked for otherwise.
 */
final class ImageFile {
  /** The words behind {@code cat.png:}, parted by commas. */
  private static final List<String> OPTIONS = List.of("resize", "imagenet", "bytes");

  private static final long MOST_BYTES = 1L << 30;
  private static final int WHITE = 255;

  private final InputWord.OfFile file;
  private final Value input;
  private final TensorType wanted;
  private final List<String> options;

  private ImageFile(InputWord.OfFile file, Value input, TensorType wanted) {
    this.file = file;
    this.input = input;
    this.wanted = wanted;
    options = file.option().isEmpty() ? List.of() : Arrays.asList(file.option().split(",", -1));
  }

  /**
   * The image for an input. Options: {@code resize} to the input's height and width, each pixel the
   * mean of what it covers weighted by a triangle (what Pillow and PyTorch call bilinear with
   * antialiasing); {@code imagenet} for normalised values; {@code bytes} for 0 to 255. Errors:
   * USAGE for other options; FILE, UNSUPPORTED for what is no image; INPUT where it does not fit.
   *
   * @param wanted the input's type with the sizes that are known
   */
  static DenseTensor read(InputWord.OfFile file, Value input, TensorType wanted) {
    return new ImageFile(file, input, wanted).tensor();
  }

  private DenseTensor tensor() {
    boolean unknown =
        !OPTIONS.containsAll(options) || options.size() > 1 && has("bytes", "imagenet");
    if (unknown || has("imagenet") && !wanted.dtype().isFloat()) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "%s: expected after the colon resize, imagenet (of floats) or bytes, the last two not both"
              .formatted(file.told()));
    }
    ImageLayout layout = layout();
    Pixels pixels = pixels();
    int height = side(layout.heightAxis(), pixels.height());
    int width = side(layout.widthAxis(), pixels.width());
    boolean fits = height == pixels.height() && width == pixels.width();
    if (!fits && !has("resize")) {
      throw wrong(
          "it is %d pixels high and %d wide, not %d and %d: say -i %s=%s:resize, or cut it"
              .formatted(
                  pixels.height(), pixels.width(), height, width, input.name(), file.told()));
    }
    int channels = layout.channels();
    Tensor planes = planes(pixels, channels);
    if (!fits) {
      planes = resized(planes, height, width);
    }
    float[] values = planes.floats();
    float[] result = new float[values.length];
    int size = values.length / channels;
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < size; i++) {
        result[layout.place(channel, i, size)] =
            value(values[channel * size + i], channel, channels);
      }
    }
    return Tensor.of(result, result.length)
        .dense()
        .reshaped(shape(layout, height, width))
        .convert(wanted.dtype());
  }

  private boolean has(String... all) {
    return options.containsAll(List.of(all));
  }

  private float value(float pixel, int channel, int channels) {
    if (!wanted.dtype().isFloat()) {
      return Math.round(pixel);
    }
    if (has("bytes")) {
      return pixel;
    }
    return has("imagenet")
        ? (float) ImageNet.normalised((double) pixel / WHITE, channel, channels)
        : pixel / WHITE;
  }

  private ImageLayout layout() {
    boolean type = wanted.dtype().isFloat() || wanted.dtype() == DType.UINT8;
    ImageLayout layout =
        ImageLayout.of(wanted.shape())
            .filter(_ -> type)
            .orElseThrow(
                () ->
                    wrong(
                        "an image is for [N, C, H, W] or [N, H, W, C] of float or uint8 with 1 or 3"
                            + " channels"));
    if (layout.batch() == 0 && wanted.dim(0).isFixed() && wanted.dim(0).fixed() != 1) {
      throw wrong("one image is a batch of 1, not of " + wanted.dim(0));
    }
    return layout;
  }

  private Pixels pixels() {
    MemorySegment bytes = FileMemory.of(file.path());
    requireRoom(bytes.byteSize());
    try {
      return Images.decode(bytes.toArray(JAVA_BYTE), this::requireRoom);
    } catch (SardonyxException refused) {
      throw refused.in(file.path().toString());
    }
  }

  private void requireRoom(long bytes) {
    if (bytes > MOST_BYTES) {
      throw new SardonyxException(
              ErrorCode.LIMIT, "an image of " + bytes + " bytes is larger than " + MOST_BYTES)
          .in(file.path().toString());
    }
  }

  private int side(int axis, int found) {
    Dim dim = wanted.dim(axis);
    return dim.isFixed() ? Math.toIntExact(dim.fixed()) : found;
  }

  private static Tensor planes(Pixels pixels, int channels) {
    int size = Math.multiplyExact(pixels.height(), pixels.width());
    float[] planes = new float[Math.multiplyExact(channels, size)];
    for (int i = 0; i < size; i++) {
      for (int channel = 0; channel < channels; channel++) {
        byte sample = channels == 1 ? pixels.gray(i) : pixels.rgb()[channels * i + channel];
        planes[channel * size + i] = sample & 0xff;
      }
    }
    return Tensor.of(planes, 1, channels, pixels.height(), pixels.width());
  }

  private static Tensor resized(Tensor planes, int height, int width) {
    var resize =
        new Resize(
            Resize.Mode.LINEAR,
            Resize.Coordinates.HALF_PIXEL,
            Resize.Nearest.ROUND_PREFER_FLOOR,
            Resize.CUBIC,
            true,
            List.of(2, 3),
            true,
            Resize.AspectRatio.STRETCH,
            0);
    Tensor sizes = Tensor.of(new long[] {height, width}, 2);
    return new NativeEvaluator()
        .evaluate(
            resize,
            List.of(Optional.of(planes), Optional.empty(), Optional.empty(), Optional.of(sizes)),
            1)
        .getFirst();
  }

  private Shape shape(ImageLayout layout, int height, int width) {
    long[] sizes = new long[wanted.rank()];
    Arrays.fill(sizes, 1);
    sizes[layout.channelAxis()] = layout.channels();
    sizes[layout.heightAxis()] = height;
    sizes[layout.widthAxis()] = width;
    return Shape.of(sizes);
  }

  private SardonyxException wrong(String reason) {
    return new SardonyxException(
        ErrorCode.INPUT, "%s does not fit input %s: %s".formatted(file.told(), input, reason));
  }
}
