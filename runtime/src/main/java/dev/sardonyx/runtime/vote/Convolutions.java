package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.type.TensorType;
import java.util.Arrays;
import java.util.Optional;

/** Convolutions: each element is a sum over channels and the window. */
final class Convolutions {
  private Convolutions() {}

  /** X (N, C, spatial...), W (M, C/group, kernel...), B (M) -> Y (N, M, spatial...). */
  static Exact conv(
      Window window, int group, Exact x, Exact w, Optional<Exact> bias, TensorType type) {
    long[] ofX = x.sizes();
    long[] ofW = w.sizes();
    long[] sizes = type.shape().sizes();
    Sliding sliding = Sliding.of(window, spatial(ofX), spatial(sizes));
    long plane = Places.count(spatial(ofX));
    long places = Places.count(spatial(sizes));
    long taps = sliding.kernel();
    long channels = ofW[1];
    var taken = new Shared<long[]>(place -> covered(sliding, place));
    return Exact.real(
        type,
        channels * taps + taps,
        index -> {
          long output = index / places % sizes[1];
          long image = index / places / sizes[1];
          long first = output / (sizes[1] / group) * channels;
          long[] covered = taken.get(index % places);
          double sum = bias.isPresent() ? bias.get().at(output) : 0;
          for (long c = 0; c < channels; c++) {
            long atX = (image * ofX[1] + first + c) * plane;
            long atW = (output * channels + c) * taps;
            for (int i = 0; i < covered.length; i += 2) {
              sum += x.at(atX + covered[i]) * w.at(atW + covered[i + 1]);
            }
          }
          return sum;
        });
  }

  /** Pairs of indices, in the plane and in the kernel. */
  private static long[] covered(Sliding sliding, long place) {
    long[] pairs = new long[Math.toIntExact(2 * sliding.kernel())];
    int[] count = new int[1];
    sliding.visit(
        place,
        (input, tap, _) -> {
          if (input >= 0) {
            pairs[count[0]++] = input;
            pairs[count[0]++] = tap;
          }
        });
    return Arrays.copyOf(pairs, count[0]);
  }

  static long[] spatial(long[] sizes) {
    return Arrays.copyOfRange(sizes, 2, sizes.length);
  }

  /**
   * X (N, C, spatial...), W (C, M/group, kernel...), B (M) -> Y (N, M, spatial...): each element of
   * X adds its multiple of the kernel to Y, pads are cut off.
   */
  static Exact transposed(ConvTranspose op, Operands in) {
    Exact x = in.get(0);
    Exact w = in.get(1);
    long[] ofX = x.sizes();
    long[] ofW = w.sizes();
    long[] sizes = in.sizes();
    long[] begins = begins(op, spatial(ofX), spatial(sizes));
    long plane = Places.count(spatial(ofX));
    long places = Places.count(spatial(sizes));
    long taps = Places.count(spatial(ofW));
    long channels = ofX[1] / op.group();
    var taken =
        new Shared<long[]>(
            place -> reaching(op.window(), begins, spatial(ofX), spatial(sizes), place));
    return Exact.real(
        in.type(),
        channels * taps + taps,
        index -> {
          long output = index / places % sizes[1];
          long image = index / places / sizes[1];
          long part = output / ofW[1];
          long[] pairs = taken.get(index % places);
          double sum = in.has(2) ? in.get(2).at(output) : 0;
          for (long c = part * channels; c < (part + 1) * channels; c++) {
            long atX = (image * ofX[1] + c) * plane;
            long atW = (c * ofW[1] + output % ofW[1]) * taps;
            for (int i = 0; i < pairs.length; i += 2) {
              sum += x.at(atX + pairs[i]) * w.at(atW + pairs[i + 1]);
            }
          }
          return sum;
        });
  }

  /** Which elements of X reach a place of Y, and by which element of the kernel. */
  private static long[] reaching(
      Window window, long[] begins, long[] spatial, long[] output, long place) {
    long[] kernel = window.kernel().stream().mapToLong(Integer::longValue).toArray();
    long[] at = Places.of(place, output);
    long taps = Places.count(kernel);
    long[] pairs = new long[Math.toIntExact(2 * taps)];
    int count = 0;
    for (long tap = 0; tap < taps; tap++) {
      long[] within = Places.of(tap, kernel);
      long index = 0;
      boolean reaches = true;
      for (int axis = 0; axis < spatial.length; axis++) {
        long from = at[axis] + begins[axis] - within[axis] * window.dilations().get(axis);
        long stride = window.strides().get(axis);
        long source = Math.floorDiv(from, stride);
        reaches &= from >= 0 && from % stride == 0 && source < spatial[axis];
        index = index * spatial[axis] + source;
      }
      if (reaches) {
        pairs[count++] = index;
        pairs[count++] = tap;
      }
    }
    return Arrays.copyOf(pairs, count);
  }

  /** How much is cut off before each axis. */
  private static long[] begins(ConvTranspose op, long[] spatial, long[] output) {
    Window window = op.window();
    boolean follow =
        !op.outputShape().isEmpty()
            || window.autoPad() == AutoPad.SAME_UPPER
            || window.autoPad() == AutoPad.SAME_LOWER;
    long[] result = new long[spatial.length];
    for (int axis = 0; axis < result.length; axis++) {
      if (follow) {
        long extent = (long) window.dilations().get(axis) * (window.kernel().get(axis) - 1) + 1;
        long whole = (spatial[axis] - 1) * window.strides().get(axis) + extent;
        long all = Math.max(0, whole + op.outputPadding().get(axis) - output[axis]);
        result[axis] = window.autoPad() == AutoPad.SAME_UPPER ? all / 2 : all - all / 2;
      } else if (window.autoPad() == AutoPad.NOTSET) {
        result[axis] = window.pads().get(axis);
      }
    }
    return result;
  }
}
