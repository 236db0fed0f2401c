package dev.sardonyx.runtime.inputs;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/** Draws tensors of a distribution; the same random numbers give the same values. */
final class Drawing {
  private static final int MOST_OF_BYTE = 255;

  private final SplittableRandom random;

  Drawing(SplittableRandom random) {
    this.random = random;
  }

  /** A tensor of a type with fixed sizes that the distribution fits. Errors: LIMIT. */
  DenseTensor draw(Distribution distribution, TensorType type) {
    return switch (distribution) {
      case Distribution.ByType _ -> new ValuesByType(random).tensor(type);
      case Distribution.Normal(double mean, double deviation) ->
          reals(type, _ -> mean + deviation * random.nextGaussian());
      case Distribution.Uniform(double low, double high) -> uniform(type, low, high);
      case Distribution.Constant(double value) -> reals(type, _ -> value);
      case Distribution.Ramp(double low, double high) -> ramp(type, low, high);
      case Distribution.Tokens(long vocabulary) ->
          integers(type, _ -> random.nextLong(Math.max(1, vocabulary)));
      case Distribution.Mask _ -> mask(type);
      case Distribution.Image _ -> image(type, ImageLayout.of(type.shape()).orElseThrow());
    };
  }

  private DenseTensor uniform(TensorType type, double low, double high) {
    if (!type.dtype().isFloat()) {
      long first = (long) Math.ceil(low);
      long count = Math.max(1, (long) Math.floor(high) - first + 1);
      return integers(type, _ -> first + random.nextLong(count));
    }
    return reals(type, _ -> low + (high - low) * random.nextDouble());
  }

  private static DenseTensor ramp(TensorType type, double low, double high) {
    if (!type.dtype().isFloat()) {
      long first = (long) Math.ceil(low);
      long count = Math.max(1, (long) Math.floor(high) - first + 1);
      return integers(type, i -> first + i % count);
    }
    long steps = Math.max(1, type.shape().elements().fixed() - 1);
    return reals(type, i -> low + (high - low) * i / steps);
  }

  /** Rows of one element hide none. */
  private DenseTensor mask(TensorType type) {
    Shape shape = type.shape();
    long row = shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1).fixed();
    long[] seen = {1};
    return integers(
        type,
        i -> {
          if (i % row == 0 && row > 1) {
            seen[0] = row - 1 - random.nextLong(row / 2);
          }
          return i % row < seen[0] ? 1 : 0;
        });
  }

  private DenseTensor image(TensorType type, ImageLayout layout) {
    long[] sizes = type.shape().sizes();
    int height = Math.toIntExact(sizes[layout.heightAxis()]);
    int width = Math.toIntExact(sizes[layout.widthAxis()]);
    int pixels = Math.multiplyExact(height, width);
    int size = Math.multiplyExact(pixels, layout.channels());
    var noise = new ImageNoise(random, height, width);
    boolean bytes = !type.dtype().isFloat();
    float[] image = new float[size];
    return reals(
        type,
        i -> {
          if (i % size == 0) {
            put(noise.pixels(layout.channels()), image, layout, bytes);
          }
          return image[(int) (i % size)];
        });
  }

  private static void put(float[][] channels, float[] image, ImageLayout layout, boolean bytes) {
    for (int channel = 0; channel < channels.length; channel++) {
      float[] plane = channels[channel];
      for (int pixel = 0; pixel < plane.length; pixel++) {
        image[layout.place(channel, pixel, plane.length)] =
            bytes
                ? Math.round(plane[pixel] * MOST_OF_BYTE)
                : (float) ImageNet.normalised(plane[pixel], channel, channels.length);
      }
    }
  }

  private static DenseTensor reals(TensorType type, LongToDoubleFunction element) {
    var wide = new TensorType(DType.FLOAT64, type.shape());
    MemorySegment data = DenseTensor.allocate(wide.dtype(), wide.shape());
    long elements = type.shape().elements().fixed();
    for (long i = 0; i < elements; i++) {
      data.set(JAVA_DOUBLE, Double.BYTES * i, element.applyAsDouble(i));
    }
    return DenseTensor.view(wide.dtype(), wide.shape(), data).convert(type.dtype());
  }

  private static DenseTensor integers(TensorType type, LongUnaryOperator element) {
    MemorySegment data = DenseTensor.allocate(DType.INT64, type.shape());
    long elements = type.shape().elements().fixed();
    for (long i = 0; i < elements; i++) {
      data.set(JAVA_LONG, Long.BYTES * i, element.applyAsLong(i));
    }
    return DenseTensor.view(DType.INT64, type.shape(), data).convert(type.dtype());
  }
}
