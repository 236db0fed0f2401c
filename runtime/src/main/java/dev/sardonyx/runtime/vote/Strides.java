package dev.sardonyx.runtime.vote;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/** Where the elements of a Slice come from. Source: ONNX Slice. */
final class Strides {
  private Strides() {}

  static LongUnaryOperator of(Operands in) {
    long[] from = in.get(0).sizes();
    long[] to = in.sizes();
    long[] first = new long[from.length];
    long[] step = new long[from.length];
    Arrays.fill(step, 1);
    long[] starts = in.wholes(1);
    for (int i = 0; i < starts.length; i++) {
      int axis = in.has(3) ? Places.axis((int) in.wholes(3)[i], from.length) : i;
      step[axis] = in.has(4) ? in.wholes(4)[i] : 1;
      long size = from[axis];
      long start = starts[i] < 0 ? starts[i] + size : starts[i];
      first[axis] = step[axis] > 0 ? Math.clamp(start, 0, size) : Math.clamp(start, 0, size - 1);
    }
    return index -> {
      long[] place = Places.of(index, to);
      for (int axis = 0; axis < from.length; axis++) {
        place[axis] = first[axis] + place[axis] * step[axis];
      }
      return Places.index(place, from);
    };
  }
}
