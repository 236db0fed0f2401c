package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Pad;

/** What stands around a padded tensor. Source: ONNX Pad. */
final class Padding {
  private Padding() {}

  static Exact of(Pad.Mode mode, Operands in) {
    long[] from = in.get(0).sizes();
    long[] to = in.sizes();
    long[] pads = in.wholes(1);
    long[] begins = new long[from.length];
    for (int i = 0; i < pads.length / 2; i++) {
      int axis = in.has(3) ? Places.axis((int) in.wholes(3)[i], from.length) : i;
      begins[axis] = pads[i];
    }
    return Moves.moved(
        in.get(0),
        in.type(),
        index -> {
          long[] place = Places.of(index, to);
          for (int axis = 0; axis < from.length; axis++) {
            place[axis] = source(mode, place[axis] - begins[axis], from[axis]);
            if (place[axis] < 0) {
              return -1;
            }
          }
          return Places.index(place, from);
        },
        in.find(2));
  }

  /** The index on an axis that stands at a place, or -1 for the constant. */
  private static long source(Pad.Mode mode, long at, long size) {
    if (at >= 0 && at < size) {
      return at;
    }
    return switch (mode) {
      case CONSTANT -> -1;
      case EDGE -> Math.clamp(at, 0, size - 1);
      case WRAP -> Math.floorMod(at, size);
      case REFLECT -> {
        if (size == 1) {
          yield 0;
        }
        long period = Math.floorMod(at, 2 * (size - 1));
        yield period < size ? period : 2 * (size - 1) - period;
      }
    };
  }
}
