package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Resizing: nearest elements by copies, interpolation as weighted sums along one axis at a time.
 */
final class ResizeRoutine {
  private ResizeRoutine() {}

  /** Output elements for an input element. */
  private static float[] scales(Resize op, Call call, long[] sizes, long[] outputs) {
    float[] result = new float[sizes.length];
    boolean scaled = call.has(2) && Sizes.product(call.sizes(2)) > 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      result[axis] = (float) outputs[axis] / sizes[axis];
    }
    List<Integer> axes = op.axes(sizes.length);
    for (int i = 0; scaled && i < axes.size(); i++) {
      result[axes.get(i)] = call.constant(2).floatAt(i);
    }
    return result;
  }

  /** The nearest elements, of any type. */
  static Routine nearest(Resize op, Call call) {
    long[] sizes = call.sizes(0);
    long[] outputs = call.outputSizes();
    float[] scales = scales(op, call, sizes, outputs);
    long[][] maps = new long[sizes.length][];
    for (int axis = 0; axis < sizes.length; axis++) {
      maps[axis] = new long[Sizes.entries(outputs[axis])];
      for (int i = 0; i < maps[axis].length; i++) {
        float at = position(op, i, sizes[axis], outputs[axis], scales[axis]);
        double rounded =
            switch (op.nearest()) {
              case ROUND_PREFER_FLOOR -> Math.ceil(at - 0.5);
              case ROUND_PREFER_CEIL -> Math.floor(at + 0.5);
              case FLOOR -> Math.floor(at);
              case CEIL -> Math.ceil(at);
            };
        maps[axis][i] = Math.clamp((long) rounded, 0, sizes[axis] - 1);
      }
    }
    var copy = AxisMaps.of(sizes, maps, call.elementBytes());
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> copy.run(x, y);
        });
  }

  /** Where an output element lies in the input; in float32, whose roundings decide at ties. */
  private static float position(Resize op, long i, long size, long outputs, float scale) {
    return switch (op.coordinates()) {
      case HALF_PIXEL -> (i + 0.5f) / scale - 0.5f;
      case PYTORCH_HALF_PIXEL -> outputs > 1 ? (i + 0.5f) / scale - 0.5f : 0;
      case ALIGN_CORNERS -> outputs > 1 ? (float) (i * (size - 1)) / (outputs - 1) : 0;
      case ASYMMETRIC -> i / scale;
    };
  }

  /** One axis: for each output element the positions and weights of those that make it. */
  private record Axis(long outer, int size, int outputs, long inner, int[] at, float[] weights) {
    int taps() {
      return weights.length / outputs;
    }
  }

  /** Weighted sums in the type of the kernels. */
  static Routine interpolated(Resize op, Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    long[] outputs = call.outputSizes();
    float[] scales = scales(op, call, sizes, outputs);
    List<Axis> axes = new ArrayList<>();
    long[] current = sizes.clone();
    long largest = 0;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      if (sizes[axis] != outputs[axis] || scales[axis] != 1) {
        axes.add(axis(op, current, axis, outputs[axis], scales[axis]));
        current[axis] = outputs[axis];
        largest = Math.max(largest, Sizes.product(current));
      }
    }
    if (axes.isEmpty()) {
      return LayoutRoutines.copy();
    }
    boolean doubles = kernels.elementBytes() == Double.BYTES;
    long half = axes.size() > 1 ? Sizes.bytes(largest, kernels) : 0;
    return Routine.of(
            buffers -> {
              MemorySegment[] stages = new MemorySegment[axes.size() + 1];
              stages[0] = buffers.input(0);
              for (int i = 1; i < axes.size(); i++) {
                stages[i] = buffers.scratch().asSlice(i % 2 * half, half);
              }
              stages[axes.size()] = buffers.output();
              return () -> {
                for (int i = 0; i < axes.size(); i++) {
                  if (doubles) {
                    applyDoubles(axes.get(i), stages[i], stages[i + 1]);
                  } else {
                    apply(axes.get(i), stages[i], stages[i + 1]);
                  }
                }
              };
            })
        .withScratch(Sizes.multiply(2, half));
  }

  private static Axis axis(Resize op, long[] sizes, int axis, long outputs, float scale) {
    int taps = op.mode() == Resize.Mode.LINEAR ? 2 : 4;
    int count = Sizes.narrow(outputs);
    int size = Sizes.narrow(sizes[axis]);
    int[] at = new int[Sizes.entries(Sizes.multiply(count, taps))];
    float[] weights = new float[at.length];
    for (int i = 0; i < count; i++) {
      float position = position(op, i, size, outputs, scale);
      long first = (long) Math.floor(position) - (taps == 2 ? 0 : 1);
      double sum = 0;
      for (int t = 0; t < taps; t++) {
        boolean outside = first + t < 0 || first + t >= size;
        double distance = Math.abs(position - (first + t));
        double weight = taps == 2 ? 1 - distance : cubic(distance, op.cubicCoeffA());
        weight = outside && op.excludeOutside() ? 0 : weight;
        at[i * taps + t] = Math.clamp(first + t, 0, size - 1);
        weights[i * taps + t] = (float) weight;
        sum += weight;
      }
      for (int t = 0; op.excludeOutside() && t < taps; t++) {
        weights[i * taps + t] = (float) (weights[i * taps + t] / sum);
      }
    }
    long outer = Sizes.product(sizes, 0, axis);
    long inner = Sizes.product(sizes, axis + 1, sizes.length);
    return new Axis(outer, size, count, inner, at, weights);
  }

  /** Source: Keys, "Cubic convolution interpolation", 1981. */
  private static double cubic(double d, double a) {
    return d <= 1
        ? ((a + 2) * d - (a + 3)) * d * d + 1
        : d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }

  private static void apply(Axis axis, MemorySegment x, MemorySegment y) {
    int taps = axis.taps();
    long left = Cancellation.EVERY;
    for (long o = 0; o < axis.outer(); o++) {
      for (int i = 0; i < axis.outputs(); i++) {
        left = Cancellation.spend(left, axis.inner() * taps);
        long to = (o * axis.outputs() + i) * axis.inner();
        for (long j = 0; j < axis.inner(); j++) {
          float sum = 0;
          for (int t = i * taps; t < (i + 1) * taps; t++) {
            long from = (o * axis.size() + axis.at()[t]) * axis.inner() + j;
            sum = Math.fma(axis.weights()[t], x.get(JAVA_FLOAT_UNALIGNED, from * 4), sum);
          }
          y.set(JAVA_FLOAT_UNALIGNED, (to + j) * 4, sum);
        }
      }
    }
  }

  private static void applyDoubles(Axis axis, MemorySegment x, MemorySegment y) {
    int taps = axis.taps();
    long left = Cancellation.EVERY;
    for (long o = 0; o < axis.outer(); o++) {
      for (int i = 0; i < axis.outputs(); i++) {
        left = Cancellation.spend(left, axis.inner() * taps);
        long to = (o * axis.outputs() + i) * axis.inner();
        for (long j = 0; j < axis.inner(); j++) {
          double sum = 0;
          for (int t = i * taps; t < (i + 1) * taps; t++) {
            long from = (o * axis.size() + axis.at()[t]) * axis.inner() + j;
            sum += axis.weights()[t] * x.get(JAVA_DOUBLE_UNALIGNED, from * 8);
          }
          y.set(JAVA_DOUBLE_UNALIGNED, (to + j) * 8, sum);
        }
      }
    }
  }

  /** Interpolation is there for floats alone. */
  static boolean takes(Resize op, DType type) {
    return op.mode() == Resize.Mode.NEAREST || Inputs.FLOATS.contains(type);
  }
}
