package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resizing: nearest elements by copies, interpolation as weighted sums along one axis at a time.
 */
final class ResizeRoutine {
  private static final double NOISE = 1e-6;

  private ResizeRoutine() {}

  /** The nearest elements, of any type. */
  static Routine nearest(Resize op, Call call) {
    var geometry = ResizeGeometry.of(op, call);
    long[] sizes = geometry.sizes();
    long[][] maps = new long[sizes.length][];
    for (int axis = 0; axis < sizes.length; axis++) {
      maps[axis] = new long[Sizes.entries(geometry.outputs()[axis])];
      for (int i = 0; i < maps[axis].length; i++) {
        Cancellation.pollAt(i);
        long place = rounded(op, geometry.position(axis, i));
        boolean outside = geometry.isOutside(axis, i);
        maps[axis][i] = outside ? AxisMaps.NONE : Math.clamp(place, 0, sizes[axis] - 1);
      }
    }
    var copy = AxisMaps.of(sizes, maps, call.elementBytes());
    boolean filled = op.coordinates() == Resize.Coordinates.TF_CROP_AND_RESIZE;
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> {
            if (filled) {
              var elements = new Elements(call.output().dtype());
              for (long i = 0; i < y.byteSize() / call.elementBytes(); i++) {
                Cancellation.pollAt(i);
                elements.number(y, i, op.extrapolationValue());
              }
            }
            copy.run(x, y);
          };
        });
  }

  private static long rounded(Resize op, float at) {
    return (long)
        switch (op.nearest()) {
          case ROUND_PREFER_FLOOR -> Math.ceil(at - 0.5);
          case ROUND_PREFER_CEIL -> Math.floor(at + 0.5);
          case FLOOR -> Math.floor(at);
          case CEIL -> Math.ceil(at);
        };
  }

  /** Weighted sums in the type of the kernels. */
  static Routine interpolated(Resize op, Call call, Kernels kernels) {
    var geometry = ResizeGeometry.of(op, call);
    List<ResizeAxis> axes = new ArrayList<>();
    long[] current = geometry.sizes().clone();
    long largest = 0;
    for (int axis = current.length - 1; axis >= 0; axis--) {
      if (!geometry.keeps(axis)) {
        axes.add(ResizeAxis.of(geometry, current, axis));
        current[axis] = geometry.outputs()[axis];
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
                    axes.get(i).doubles(stages[i], stages[i + 1]);
                  } else {
                    axes.get(i).floats(stages[i], stages[i + 1]);
                  }
                }
              };
            })
        .withScratch(Sizes.multiply(2, half));
  }

  /**
   * Weighted sums in float64, cut to an integer within the type's range. Source: ONNX Runtime; ONNX
   * does not say how they are rounded.
   */
  static Routine integers(Resize op, Call call) {
    Routine inner = interpolated(op, call, Kernels.doubles());
    long n = Sizes.product(call.sizes(0));
    long outputs = Sizes.product(call.outputSizes());
    long first = Sizes.multiply(n, Double.BYTES);
    long second = Sizes.multiply(outputs, Double.BYTES);
    long wide = Sizes.add(first, second);
    var elements = new Elements(call.output().dtype());
    return Routine.of(
            buffers -> {
              MemorySegment x = buffers.scratch().asSlice(0, first);
              MemorySegment y = buffers.scratch().asSlice(first, second);
              MemorySegment rest = buffers.scratch().asSlice(wide, inner.scratchBytes());
              Step step =
                  inner
                      .binder()
                      .bind(buffers.with(List.of(Optional.of(x)), List.of(Optional.of(y)), rest));
              return () -> {
                for (long i = 0; i < n; i++) {
                  Cancellation.pollAt(i);
                  double value = elements.number(buffers.input(0), i);
                  x.set(JAVA_DOUBLE_UNALIGNED, i * Double.BYTES, value);
                }
                step.run();
                for (long i = 0; i < outputs; i++) {
                  Cancellation.pollAt(i);
                  double value = y.get(JAVA_DOUBLE_UNALIGNED, i * Double.BYTES);
                  elements.number(buffers.output(), i, within(elements.type(), value));
                }
              };
            })
        .withScratch(Sizes.add(wide, inner.scratchBytes()))
        .withMemberScratch(inner.memberScratchBytes());
  }

  /** Cut towards zero, but for what is an integer within the accuracy of the weights. */
  private static double within(DType type, double value) {
    double nearest = Math.rint(value);
    boolean whole = Math.abs(value - nearest) <= NOISE * Math.max(1, Math.abs(value));
    double cut = whole ? nearest : (value < 0 ? Math.ceil(value) : Math.floor(value));
    boolean signed = Inputs.SIGNED.contains(type);
    double most = Math.scalb(1.0, type.bits() - (signed ? 1 : 0));
    double last = type.bits() > 53 ? Math.nextDown(most) : most - 1;
    return Math.clamp(cut, signed ? -most : 0, last);
  }

  /** Interpolation and what lies outside are there for numbers alone. */
  static boolean takes(Resize op, DType type) {
    boolean moved =
        op.mode() == Resize.Mode.NEAREST
            && op.coordinates() != Resize.Coordinates.TF_CROP_AND_RESIZE;
    return moved || Inputs.NUMBERS.contains(type);
  }
}
