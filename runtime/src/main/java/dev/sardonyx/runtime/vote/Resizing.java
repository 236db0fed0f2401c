package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Resize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Resize without antialiasing. Positions follow from the scales as they are given: the corners that
 * align_corners aligns are those of {@code scale * size}, which may be no whole number, as in
 * ONNX's own data; an axis of one output element takes the first. Source: ONNX Resize.
 */
final class Resizing {
  private Resizing() {}

  static Optional<Exact> of(Resize op, Operands in) {
    Exact x = in.get(0);
    boolean rounds = !x.isFloat() && op.mode() != Resize.Mode.NEAREST;
    if (op.antialias() || rounds || !in.type().shape().isFixed()) {
      return Optional.empty();
    }
    long[] from = x.sizes();
    long[] to = in.sizes();
    List<ResizedAxis> axes = axes(op, in, from, to);
    if (op.mode() == Resize.Mode.NEAREST
        && op.coordinates() != Resize.Coordinates.TF_CROP_AND_RESIZE) {
      return Optional.of(
          Moves.moved(
              x,
              in.type(),
              index -> {
                long[] place = Places.of(index, to);
                for (int axis = 0; axis < to.length; axis++) {
                  place[axis] = axes.get(axis).nearest(op, place[axis]);
                }
                return Places.index(place, from);
              }));
    }
    return x.isFloat()
        ? Optional.of(Exact.real(in.type(), 200, index -> between(op, x, axes, from, to, index)))
        : Optional.empty();
  }

  private static List<ResizedAxis> axes(Resize op, Operands in, long[] from, long[] to) {
    List<Integer> named =
        op.axes().isEmpty()
            ? null
            : op.axes().stream().map(axis -> Places.axis(axis, from.length)).toList();
    List<ResizedAxis> result = new ArrayList<>();
    boolean scaled = in.has(2) && in.get(2).elements() > 0;
    int many = named == null ? from.length : named.size();
    for (int axis = 0; axis < from.length; axis++) {
      int at = named == null ? axis : named.indexOf(axis);
      if (at < 0) {
        result.add(ResizedAxis.same(from[axis]));
        continue;
      }
      double scale = scaled ? in.get(2).at(at) : (double) to[axis] / from[axis];
      boolean part = in.has(1) && in.get(1).elements() > 0;
      double start = part ? in.get(1).at(at) : 0;
      double end = part ? in.get(1).at((long) at + many) : 1;
      result.add(new ResizedAxis(from[axis], to[axis], scale, start, end, false));
    }
    boolean proportional = !scaled && op.keepAspectRatio() != Resize.AspectRatio.STRETCH;
    return proportional ? proportional(op, in, from, result) : result;
  }

  /** One scale for all axes, that of the tightest or of the widest size asked for. */
  private static List<ResizedAxis> proportional(
      Resize op, Operands in, long[] from, List<ResizedAxis> axes) {
    long[] wanted = in.wholes(3);
    double scale =
        op.keepAspectRatio() == Resize.AspectRatio.NOT_LARGER ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < wanted.length; i++) {
      int axis = op.axes().isEmpty() ? i : Places.axis(op.axes().get(i), from.length);
      double one = (double) wanted[i] / from[axis];
      scale =
          op.keepAspectRatio() == Resize.AspectRatio.NOT_LARGER
              ? Math.min(scale, one)
              : Math.max(scale, one);
    }
    double common = scale;
    return axes.stream().map(axis -> axis.unchanged() ? axis : axis.scaled(common)).toList();
  }

  /** The sum over neighbours on all axes of their weights' products. */
  private static double between(
      Resize op, Exact x, List<ResizedAxis> axes, long[] from, long[] to, long index) {
    long[] place = Places.of(index, to);
    List<ResizedAxis.Neighbours> neighbours = new ArrayList<>();
    for (int axis = 0; axis < to.length; axis++) {
      Optional<ResizedAxis.Neighbours> found = axes.get(axis).neighbours(op, place[axis]);
      if (found.isEmpty()) {
        return op.extrapolationValue();
      }
      neighbours.add(found.get());
    }
    long[] counts = neighbours.stream().mapToLong(one -> one.weights().length).toArray();
    double sum = 0;
    long all = Places.count(counts);
    for (long i = 0; i < all; i++) {
      long[] which = Places.of(i, counts);
      double weight = 1;
      long at = 0;
      for (int axis = 0; axis < from.length; axis++) {
        weight *= neighbours.get(axis).weights()[(int) which[axis]];
        at = at * from[axis] + neighbours.get(axis).indices()[(int) which[axis]];
      }
      sum += weight == 0 ? 0 : weight * x.at(at);
    }
    return sum;
  }

  /** Weights whose sum is 1. */
  static double[] whole(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }
}
