package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.GridSample;
import dev.sardonyx.api.op.GridSample.PaddingMode;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Sampling at places: the taps of a place are found once for all channels. */
final class GridSampleRoutine {
  private final GridSample op;
  private final long[] plane;

  private GridSampleRoutine(GridSample op, long[] plane) {
    this.op = op;
    this.plane = plane;
  }

  static Routine of(GridSample op, Call call) {
    long[] x = call.sizes(0);
    long[] plane = Axes.spatial(x);
    if (Sizes.product(plane) == 0) {
      throw new IllegalArgumentException("X must have elements to take");
    }
    var routine = new GridSampleRoutine(op, plane);
    int each =
        switch (op.mode()) {
          case NEAREST -> 1;
          case LINEAR -> 2;
          case CUBIC -> 4;
        };
    return Routine.of(
        buffers -> {
          var taps = new Taps(plane, each);
          return () -> routine.run(call, buffers, taps);
        });
  }

  private void run(Call call, Buffers buffers, Taps taps) {
    long[] x = call.sizes(0);
    long[] outputs = call.outputSizes();
    long places = Sizes.product(outputs, 2, outputs.length);
    long elements = Sizes.product(plane);
    var source = new Elements(call.input(0).dtype());
    MemorySegment y = buffers.output();
    long left = Cancellation.EVERY;
    for (long n = 0; n < x[0]; n++) {
      for (long place = 0; place < places; place++) {
        left = Cancellation.spend(left, (x[1] + 1) * taps.count());
        find(call, buffers.input(1), n * places + place, taps);
        for (long c = 0; c < x[1]; c++) {
          Cancellation.pollAt(c);
          long from = (n * x[1] + c) * elements;
          long to = (n * x[1] + c) * places + place;
          if (op.mode() == GridSample.Mode.NEAREST && !source.type().isFloat()) {
            long only = taps.only(); // integers as they are: not all fit a double
            long value = only == Taps.NONE ? 0 : source.integer(buffers.input(0), from + only);
            source.integer(y, to, value);
          } else {
            source.number(y, to, taps.sum(source, buffers.input(0), from));
          }
        }
      }
    }
  }

  /** The grid names the last axis first. */
  private void find(Call call, MemorySegment grid, long place, Taps taps) {
    var elements = new Elements(call.input(1).dtype());
    int rank = plane.length;
    for (int axis = 0; axis < rank; axis++) {
      double normal = elements.real(grid, place * rank + (rank - 1 - axis));
      boolean doubles = elements.type() == DType.FLOAT64;
      double at = doubles ? position(normal, axis) : position((float) normal, axis);
      if (op.mode() == GridSample.Mode.NEAREST) {
        at = Math.rint(at);
      }
      taps.along(axis, within(at, axis), this::inside);
    }
    taps.combine();
  }

  private double position(double normal, int axis) {
    return op.alignCorners()
        ? (normal + 1) / 2 * (plane[axis] - 1)
        : ((normal + 1) * plane[axis] - 1) / 2;
  }

  /** In float32, whose roundings decide which is the nearest. */
  private float position(float normal, int axis) {
    return op.alignCorners()
        ? (normal + 1) / 2 * (plane[axis] - 1)
        : ((normal + 1) * plane[axis] - 1) / 2;
  }

  private double low() {
    return op.alignCorners() ? 0 : -0.5;
  }

  private double high(int axis) {
    return plane[axis] - 1 - low();
  }

  /** Cubic taps are found inside one by one, as PyTorch and ONNX Runtime have it. */
  private double within(double at, int axis) {
    boolean cubic = op.mode() == GridSample.Mode.CUBIC;
    if (cubic || at >= low() && at <= high(axis)) {
      return at;
    }
    return switch (op.paddingMode()) {
      case ZEROS -> at;
      case BORDER -> Math.clamp(at, 0, plane[axis] - 1.0);
      case REFLECTION -> reflected(at, axis);
    };
  }

  private long inside(long place, int axis) {
    long last = plane[axis] - 1;
    return op.paddingMode() == PaddingMode.ZEROS
        ? Taps.NONE
        : op.paddingMode() == PaddingMode.BORDER
            ? Math.clamp(place, 0, last)
            : Math.clamp((long) reflected(place, axis), 0, last);
  }

  /** Mirrored at the borders until it is between them. */
  private double reflected(double at, int axis) {
    double range = high(axis) - low();
    if (range == 0) {
      return low();
    }
    double beyond = at < low() ? low() - at : at - high(axis);
    boolean even = Math.floor(beyond / range) % 2 == 0;
    double rest = beyond % range;
    return (at < low()) == even ? low() + rest : high(axis) - rest;
  }
}
