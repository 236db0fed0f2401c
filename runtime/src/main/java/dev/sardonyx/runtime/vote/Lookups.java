package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.GatherND;
import dev.sardonyx.api.op.IndexOp;
import dev.sardonyx.api.op.ReverseSequence;
import dev.sardonyx.api.op.ScatterElements;
import dev.sardonyx.api.op.ScatterND;
import dev.sardonyx.api.op.TopK;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Elements found by indices; negative ones count from the end. */
final class Lookups {
  private Lookups() {}

  static List<Exact> of(IndexOp op, Operands in) {
    return switch (op) {
      case GatherND(int batchDims) ->
          List.of(Moves.moved(in.get(0), in.type(), tuples(in, batchDims)));
      case ReverseSequence reverse ->
          List.of(Moves.moved(in.get(0), in.type(), reversed(reverse, in)));
      case TopK topK -> Ranking.of(topK, in);
      case ScatterElements scatter -> List.of(Scattering.elements(scatter, in));
      case ScatterND scatter -> List.of(Scattering.slices(scatter, in));
    };
  }

  static long wrapped(long index, long size) {
    long result = index < 0 ? index + size : index;
    if (result < 0 || result >= size) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "index " + index + " is outside an axis of " + size);
    }
    return result;
  }

  /** Gather: the axis is replaced by the dims of the indices. */
  static LongUnaryOperator slices(Operands in, int axis) {
    Exact indices = in.get(1);
    Lines lines = Lines.of(in.get(0).sizes(), axis);
    long many = indices.elements();
    return index -> {
      long inner = index % lines.step();
      long which = index / lines.step() % many;
      long outer = index / lines.step() / many;
      long at = wrapped(indices.wholeAt(which), lines.length());
      return (outer * lines.length() + at) * lines.step() + inner;
    };
  }

  /** GatherElements: the index's own place, but for the axis. */
  static LongUnaryOperator elements(Operands in, int axis) {
    long[] from = in.get(0).sizes();
    long[] to = in.sizes();
    int along = Places.axis(axis, from.length);
    Exact indices = in.get(1);
    return index -> {
      long[] place = Places.of(index, to);
      place[along] = wrapped(indices.wholeAt(index), from[along]);
      return Places.index(place, from);
    };
  }

  /** GatherND: tuples of indices name elements or slices. */
  private static LongUnaryOperator tuples(Operands in, int batchDims) {
    long[] from = in.get(0).sizes();
    long[] ofIndices = in.get(1).sizes();
    int named = (int) ofIndices[ofIndices.length - 1];
    long slice = Places.count(from, batchDims + named, from.length);
    long perBatch = Places.count(ofIndices, batchDims, ofIndices.length - 1);
    return index -> {
      long tuple = index / slice;
      long at = tuple / perBatch;
      for (int i = 0; i < named; i++) {
        long size = from[batchDims + i];
        at = at * size + wrapped(in.get(1).wholeAt(tuple * named + i), size);
      }
      return at * slice + index % slice;
    };
  }

  private static LongUnaryOperator reversed(ReverseSequence op, Operands in) {
    long[] sizes = in.sizes();
    return index -> {
      long[] place = Places.of(index, sizes);
      long length = in.get(1).wholeAt(place[op.batchAxis()]);
      long time = place[op.timeAxis()];
      place[op.timeAxis()] = time < length ? length - 1 - time : time;
      return Places.index(place, sizes);
    };
  }
}
