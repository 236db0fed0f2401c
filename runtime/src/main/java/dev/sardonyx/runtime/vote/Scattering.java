package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.ScatterElements;
import dev.sardonyx.api.op.ScatterND;
import dev.sardonyx.api.op.ScatterReduction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Updates put at places of the data. Source: ONNX ScatterElements, ScatterND. */
final class Scattering {
  private Scattering() {}

  static Exact elements(ScatterElements op, Operands in) {
    long[] sizes = in.sizes();
    long[] ofIndices = in.get(1).sizes();
    int axis = Places.axis(op.axis(), sizes.length);
    Map<Long, List<Long>> updates = new HashMap<>();
    for (long i = 0; i < in.get(1).elements(); i++) {
      long[] place = Places.of(i, ofIndices);
      place[axis] = Lookups.wrapped(in.get(1).wholeAt(i), sizes[axis]);
      updates.computeIfAbsent(Places.index(place, sizes), _ -> new ArrayList<>()).add(i);
    }
    return updated(in, op.reduction(), updates, 1);
  }

  static Exact slices(ScatterND op, Operands in) {
    long[] sizes = in.sizes();
    long[] ofIndices = in.get(1).sizes();
    int named = (int) ofIndices[ofIndices.length - 1];
    long slice = Places.count(sizes, named, sizes.length);
    Map<Long, List<Long>> updates = new HashMap<>();
    long tuples = Places.count(ofIndices, 0, ofIndices.length - 1);
    for (long tuple = 0; tuple < tuples; tuple++) {
      long at = 0;
      for (int i = 0; i < named; i++) {
        at = at * sizes[i] + Lookups.wrapped(in.get(1).wholeAt(tuple * named + i), sizes[i]);
      }
      updates.computeIfAbsent(at, _ -> new ArrayList<>()).add(tuple);
    }
    return updated(in, op.reduction(), updates, slice);
  }

  /** Slices of the data by number, each with the numbers of its updates in order. */
  private static Exact updated(
      Operands in, ScatterReduction reduction, Map<Long, List<Long>> updates, long slice) {
    Exact data = in.get(0);
    Exact changes = in.get(2);
    if (data.isFloat()) {
      return Exact.real(
          in.type(),
          20,
          index -> {
            double value = data.at(index);
            for (long update : updates.getOrDefault(index / slice, List.of())) {
              value = reduced(reduction, value, changes.at(update * slice + index % slice));
            }
            return value;
          });
    }
    return Exact.whole(
        in.type(),
        20,
        index -> {
          long value = data.wholeAt(index);
          for (long update : updates.getOrDefault(index / slice, List.of())) {
            value =
                reduced(reduction, data, value, changes.wholeAt(update * slice + index % slice));
          }
          return value;
        });
  }

  private static double reduced(ScatterReduction reduction, double value, double update) {
    return switch (reduction) {
      case NONE -> update;
      case ADD -> value + update;
      case MUL -> value * update;
      case MAX -> Math.max(value, update);
      case MIN -> Math.min(value, update);
    };
  }

  private static long reduced(ScatterReduction reduction, Exact data, long value, long update) {
    int order = Integers.compare(data.dtype(), value, update);
    return switch (reduction) {
      case NONE -> update;
      case ADD -> value + update;
      case MUL -> value * update;
      case MAX -> order >= 0 ? value : update;
      case MIN -> order <= 0 ? value : update;
    };
  }
}
