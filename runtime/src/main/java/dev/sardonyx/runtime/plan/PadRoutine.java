package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.CenterCropPad;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import java.util.List;
import java.util.stream.IntStream;

/** Padding: along each axis every position says where it comes from. */
final class PadRoutine {
  private PadRoutine() {}

  static Routine of(Pad op, Call call) {
    long[] sizes = call.sizes(0);
    long[] outputs = call.outputSizes();
    long[] pads = call.numbers(1);
    List<Integer> axes = call.axes(3, IntStream.range(0, sizes.length).boxed().toList());
    long[] before = new long[sizes.length];
    for (int i = 0; i < axes.size(); i++) {
      before[axes.get(i)] = pads[i];
    }
    long[][] maps = new long[sizes.length][];
    for (int axis = 0; axis < sizes.length; axis++) {
      maps[axis] = new long[Sizes.entries(outputs[axis])];
      for (int i = 0; i < maps[axis].length; i++) {
        Cancellation.pollAt(i);
        maps[axis][i] = source(op.mode(), i - before[axis], sizes[axis]);
      }
    }
    var copy = AxisMaps.of(sizes, maps, call.elementBytes());
    boolean constant = op.mode() == Pad.Mode.CONSTANT;
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> {
            if (constant && call.has(2)) {
              FillRoutines.fill(y, buffers.input(2), call.elementBytes());
            } else if (constant) {
              Memory.fill(y, (byte) 0);
            }
            copy.run(x, y);
          };
        });
  }

  /** What is cut or filled up is as much before as after, or one less before. */
  static Routine centred(CenterCropPad op, Call call) {
    long[] sizes = call.sizes(0);
    long[] outputs = call.outputSizes();
    long[][] maps = new long[sizes.length][];
    for (int axis = 0; axis < sizes.length; axis++) {
      long more = outputs[axis] - sizes[axis];
      long before = more < 0 ? -(-more / 2) : more / 2;
      maps[axis] = new long[Sizes.entries(outputs[axis])];
      for (int i = 0; i < maps[axis].length; i++) {
        Cancellation.pollAt(i);
        maps[axis][i] = source(Pad.Mode.CONSTANT, i - before, sizes[axis]);
      }
    }
    var copy = AxisMaps.of(sizes, maps, call.elementBytes());
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> {
            Memory.fill(y, (byte) 0);
            copy.run(x, y);
          };
        });
  }

  /** The position of the input for one that counts from its first element. */
  private static long source(Pad.Mode mode, long at, long size) {
    return switch (mode) {
      case CONSTANT -> at >= 0 && at < size ? at : AxisMaps.NONE;
      case EDGE -> Math.clamp(at, 0, size - 1);
      case WRAP -> Math.floorMod(at, size);
      case REFLECT -> {
        long period = Math.max(1, 2 * (size - 1));
        long inside = Math.floorMod(at, period);
        yield inside < size ? inside : period - inside;
      }
    };
  }
}
