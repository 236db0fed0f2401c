package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Elements of products of quantised numbers before they are rounded, one at a time. Inputs of both:
 * a, a_scale, a_zero_point, b, b_scale, b_zero_point, y_scale, y_zero_point. Source: ONNX
 * QLinearMatMul, QLinearConv.
 */
final class QuantizedSums {
  private static final int A = 0;
  private static final int B = 3;
  private static final int Y_SCALE = 6;
  private static final int Y_ZERO = 7;
  private static final int BIAS = 8;

  private QuantizedSums() {}

  /** Of matrices; b may be one for all of a's. Nothing for other forms, or scales by the row. */
  static Optional<BeforeRounding> product(List<DenseTensor> in) {
    long[] a = in.get(A).shape().sizes();
    long[] b = in.get(B).shape().sizes();
    if (a.length < 2 || b.length < 2 || in.get(A + 1).elements() != 1) {
      return Optional.empty();
    }
    boolean each = a.length == b.length && Arrays.equals(a, 0, a.length - 2, b, 0, b.length - 2);
    if (b.length != 2 && !each) {
      return Optional.empty();
    }
    long rows = a[a.length - 2];
    long terms = a[a.length - 1];
    long columns = b[b.length - 1];
    return Optional.of(
        new Sums(in, Optional.empty()) {
          @Override
          long channel(long element) {
            return element % columns;
          }

          @Override
          double sum(long element) {
            long row = element / columns; // of all matrices below each other
            long matrix = b.length == 2 ? 0 : row / rows;
            double sum = 0;
            for (long k = 0; k < terms; k++) {
              long right = (matrix * terms + k) * columns + element % columns;
              sum += a(row * terms + k) * b(right, element % columns);
            }
            return sum;
          }
        });
  }

  /** Of a convolution. */
  static Optional<BeforeRounding> convolution(
      Window window, int group, List<Optional<DenseTensor>> inputs) {
    List<DenseTensor> in = inputs.stream().limit(BIAS).map(Optional::orElseThrow).toList();
    Optional<DenseTensor> bias = inputs.size() > BIAS ? inputs.get(BIAS) : Optional.empty();
    return Optional.of(new Windows(in, bias, window, group));
  }

  /** (the sum of (a - a_zero) * (b - b_zero), and the bias) * a_scale * b_scale / y_scale. */
  private abstract static class Sums implements BeforeRounding {
    private final List<DenseTensor> in;
    private final Optional<DenseTensor> bias;

    Sums(List<DenseTensor> in, Optional<DenseTensor> bias) {
      this.in = in;
      this.bias = bias;
    }

    /** Which of b's scales an element has. */
    abstract long channel(long element);

    abstract double sum(long element);

    double a(long index) {
      return in.get(A).doubleAt(index) - in.get(A + 2).doubleAt(0);
    }

    double b(long index, long channel) {
      return in.get(B).doubleAt(index) - one(in.get(B + 2), channel);
    }

    private static double one(DenseTensor each, long channel) {
      return each.doubleAt(each.elements() == 1 ? 0 : channel);
    }

    @Override
    public double at(long element) {
      long channel = channel(element);
      double sum = sum(element) + (bias.isPresent() ? bias.get().doubleAt(channel) : 0);
      double scale = in.get(A + 1).doubleAt(0) * one(in.get(B + 1), channel);
      return sum * scale / in.get(Y_SCALE).doubleAt(0) + in.get(Y_ZERO).doubleAt(0);
    }

    @Override
    public DType dtype() {
      return in.get(Y_SCALE).dtype();
    }
  }

  /** x (N, C, ...) and w (O, C / group, ...). */
  private static final class Windows extends Sums {
    private final Window window;
    private final long[] x;
    private final long[] w;
    private final long[] y;
    private final long group;
    private final List<Integer> pads;

    Windows(List<DenseTensor> in, Optional<DenseTensor> bias, Window window, int group) {
      super(in, bias);
      this.window = window;
      this.group = group;
      x = in.get(A).shape().sizes();
      w = in.get(B).shape().sizes();
      long[] spatial = Arrays.copyOfRange(x, 2, x.length);
      pads = window.padsFor(spatial);
      y = new long[spatial.length];
      for (int i = 0; i < y.length; i++) {
        long padded = spatial[i] + pads.get(i) + pads.get(i + y.length);
        y[i] = (padded - window.extent(i)) / window.strides().get(i) + 1;
      }
    }

    private static long product(long[] sizes, int from) {
      return Arrays.stream(sizes).skip(from).reduce(1, (a, b) -> a * b);
    }

    @Override
    long channel(long element) {
      return element / product(y, 0) % w[0];
    }

    @Override
    double sum(long element) {
      long channel = channel(element);
      long sample = element / product(y, 0) / w[0];
      long first = channel / (w[0] / group) * w[1];
      double sum = 0;
      for (long c = 0; c < w[1]; c++) {
        for (long k = 0; k < product(w, 2); k++) {
          long place = place(element % product(y, 0), k);
          if (place >= 0) {
            long plane = sample * x[1] + first + c;
            long weight = (channel * w[1] + c) * product(w, 2) + k;
            sum += a(plane * product(x, 2) + place) * b(weight, channel);
          }
        }
      }
      return sum;
    }

    /** Where in a plane of x a weight falls for an output; -1 for the padding, which is zero. */
    private long place(long output, long weight) {
      long place = 0;
      long unit = 1;
      for (int i = y.length - 1; i >= 0; i--) {
        long at =
            output % y[i] * window.strides().get(i)
                + weight % w[i + 2] * window.dilations().get(i)
                - pads.get(i);
        if (at < 0 || at >= x[i + 2]) {
          return -1;
        }
        place += at * unit;
        unit *= x[i + 2];
        output /= y[i];
        weight /= w[i + 2];
      }
      return place;
    }
  }
}
