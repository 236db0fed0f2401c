package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.Locale;

/** What random values of an input are like. {@link DistributionWords} has the words for them. */
public sealed interface Distribution {
  /** What is known of an element type alone: floats normal, integers 0 or 1, numbers as strings. */
  record ByType() implements Distribution {
    @Override
    public boolean fits(TensorType type) {
      return true;
    }

    @Override
    public String toString() {
      return "by type: floats normal, integers 0 or 1";
    }
  }

  /** Floats of the normal distribution. */
  record Normal(double mean, double deviation) implements Distribution {
    @Override
    public boolean fits(TensorType type) {
      return type.dtype().isFloat();
    }

    @Override
    public String toString() {
      return mean == 0 && deviation == 1
          ? "normal"
          : "normal with mean " + number(mean) + " and deviation " + number(deviation);
    }
  }

  /** Floats from low to below high, or whole numbers from low to high, both included. */
  record Uniform(double low, double high) implements Distribution {
    @Override
    public boolean fits(TensorType type) {
      return holds(type.dtype(), low) && holds(type.dtype(), high);
    }

    @Override
    public String toString() {
      return "uniform from " + number(low) + " to " + number(high);
    }
  }

  /** All the same. */
  record Constant(double value) implements Distribution {
    @Override
    public boolean fits(TensorType type) {
      return holds(type.dtype(), value);
    }

    @Override
    public String toString() {
      return value == 0 ? "zeros" : value == 1 ? "ones" : "all " + number(value);
    }
  }

  /**
   * Even steps through all elements in row-major order: floats from low to high; whole numbers low,
   * low + 1... to high, and over again.
   */
  record Ramp(double low, double high) implements Distribution {
    @Override
    public boolean fits(TensorType type) {
      return holds(type.dtype(), low) && holds(type.dtype(), high);
    }

    @Override
    public String toString() {
      return "ramp from " + number(low) + " to " + number(high);
    }
  }

  /**
   * Noise like images: [N, C, H, W] or [N, H, W, C] of 1 or 3 channels, see {@link ImageNoise}. Of
   * floats normalised as ImageNet's images are for PyTorch's models, of uint8 the pixels.
   */
  record Image() implements Distribution {
    @Override
    public boolean fits(TensorType type) {
      return (type.dtype().isFloat() || type.dtype() == DType.UINT8)
          && ImageLayout.of(type.shape()).isPresent();
    }

    @Override
    public String toString() {
      return "image-like noise";
    }
  }

  /** Whole numbers from 0 to below a vocabulary's size; 0 for that of the graph. */
  record Tokens(long vocabulary) implements Distribution {
    @Override
    public boolean fits(TensorType type) {
      return isInteger(type.dtype());
    }

    @Override
    public String toString() {
      return "token ids" + (vocabulary > 0 ? " below " + vocabulary : "");
    }
  }

  /** Ones, then zeros, along the last axis: each row hides up to half, never all. */
  record Mask() implements Distribution {
    @Override
    public boolean fits(TensorType type) {
      return type.dtype().isReal();
    }

    @Override
    public String toString() {
      return "a mask that hides the ends of rows";
    }
  }

  /** Whether an input of that type can have such values. */
  boolean fits(TensorType type);

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  /** Whether numbers of a type can be that one: any float, but only whole ones of their range. */
  private static boolean holds(DType dtype, double value) {
    return dtype.isReal()
        && (dtype.isFloat()
            || Tensor.of(new double[] {value}, 1)
                    .dense()
                    .convert(DType.INT64)
                    .convert(dtype)
                    .convert(DType.FLOAT64)
                    .doubleAt(0)
                == value);
  }

  private static boolean isInteger(DType dtype) {
    return dtype.isReal() && !dtype.isFloat() && dtype != DType.BOOL;
  }
}
