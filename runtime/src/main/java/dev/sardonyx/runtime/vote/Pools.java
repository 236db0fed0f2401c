package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.MaxUnpool;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.RegionOp;
import dev.sardonyx.api.type.TensorType;
import java.util.List;

/** Pools: what becomes of the elements that a window covers. Source: ONNX's pools. */
final class Pools {
  private Pools() {}

  static List<Exact> of(PoolOp op, Operands in) {
    Exact x = in.get(0);
    return switch (op) {
      case PoolOp.MaxPool pool -> maxima(pool, in);
      case PoolOp.AveragePool pool -> List.of(average(pool, in));
      case PoolOp.LpPool pool -> List.of(norms(pool, in));
      case PoolOp.GlobalAveragePool _ -> {
        long plane = plane(x);
        yield List.of(
            Exact.real(in.type(), plane, index -> sum(x, index * plane, plane, 0) / plane));
      }
      case PoolOp.GlobalLpPool(int p) -> {
        long plane = plane(x);
        yield List.of(
            Exact.real(
                in.type(),
                20 * plane,
                index -> Math.pow(sum(x, index * plane, plane, p), 1.0 / p)));
      }
      case PoolOp.GlobalMaxPool _ -> {
        long plane = plane(x);
        yield List.of(Exact.real(in.type(), plane, index -> largest(x, index * plane, plane)));
      }
      case MaxUnpool _, RegionOp _ -> List.of();
    };
  }

  private static long plane(Exact x) {
    return Places.count(Convolutions.spatial(x.sizes()));
  }

  /** The sum of elements, or, for a p, of their sizes to the power of it. */
  private static double sum(Exact x, long from, long count, int p) {
    double sum = 0;
    for (long i = from; i < from + count; i++) {
      sum += p == 0 ? x.at(i) : Math.pow(Math.abs(x.at(i)), p);
    }
    return sum;
  }

  private static double largest(Exact x, long from, long count) {
    double largest = Double.NEGATIVE_INFINITY;
    for (long i = from; i < from + count; i++) {
      largest = Math.max(largest, x.at(i));
    }
    return largest;
  }

  /** The largest of each window and its place in X; of equals the first. */
  private static List<Exact> maxima(PoolOp.MaxPool op, Operands in) {
    Exact x = in.get(0);
    long[] spatial = Convolutions.spatial(x.sizes());
    long[] output = Convolutions.spatial(in.sizes());
    long plane = Places.count(spatial);
    long places = Places.count(output);
    Sliding sliding = Sliding.of(op.window(), spatial, output);
    var found =
        new Shared<Long>(
            index -> {
              long[] best = {-1};
              sliding.visit(
                  index % places,
                  (input, _, _) -> {
                    long at = index / places * plane + input;
                    if (input >= 0 && (best[0] < 0 || exceeds(x, at, best[0]))) {
                      best[0] = at;
                    }
                  });
              return best[0];
            });
    long work = 10 * sliding.kernel();
    Exact values =
        x.isFloat()
            ? Exact.real(
                in.type(),
                work,
                index -> found.get(index) < 0 ? Double.NEGATIVE_INFINITY : x.at(found.get(index)))
            : Exact.whole(in.type(), work, index -> x.wholeAt(found.get(index)));
    TensorType ofPlaces = in.types().get(1);
    return List.of(
        values,
        Exact.whole(
            ofPlaces,
            work,
            index -> op.columnMajor() ? byColumns(found.get(index), spatial) : found.get(index)));
  }

  private static boolean exceeds(Exact x, long a, long b) {
    return x.isFloat()
        ? x.at(a) > x.at(b) || Double.isNaN(x.at(a)) && !Double.isNaN(x.at(b))
        : x.wholeAt(a) > x.wholeAt(b);
  }

  /** The index where the first spatial axis of a plane is the fastest. */
  private static long byColumns(long index, long[] spatial) {
    long plane = Places.count(spatial);
    long[] place = Places.of(index % plane, spatial);
    long result = 0;
    for (int axis = spatial.length - 1; axis >= 0; axis--) {
      result = result * spatial[axis] + place[axis];
    }
    return index / plane * plane + result;
  }

  private static Exact average(PoolOp.AveragePool op, Operands in) {
    Exact x = in.get(0);
    long[] spatial = Convolutions.spatial(x.sizes());
    long[] output = Convolutions.spatial(in.sizes());
    long plane = Places.count(spatial);
    long places = Places.count(output);
    Sliding sliding = Sliding.of(op.window(), spatial, output);
    return Exact.real(
        in.type(),
        10 * sliding.kernel(),
        index -> {
          double[] sumAndCount = new double[2];
          sliding.visit(
              index % places,
              (input, _, beyond) -> {
                sumAndCount[0] += input < 0 ? 0 : x.at(index / places * plane + input);
                boolean counts = input >= 0 || op.countIncludePad() && !beyond;
                sumAndCount[1] += counts ? 1 : 0;
              });
          return sumAndCount[0] / sumAndCount[1];
        });
  }

  private static Exact norms(PoolOp.LpPool op, Operands in) {
    Exact x = in.get(0);
    long[] spatial = Convolutions.spatial(x.sizes());
    long[] output = Convolutions.spatial(in.sizes());
    long plane = Places.count(spatial);
    long places = Places.count(output);
    Sliding sliding = Sliding.of(op.window(), spatial, output);
    return Exact.real(
        in.type(),
        30 * sliding.kernel(),
        index -> {
          double[] sum = new double[1];
          sliding.visit(
              index % places,
              (input, _, _) ->
                  sum[0] +=
                      input < 0
                          ? 0
                          : Math.pow(Math.abs(x.at(index / places * plane + input)), op.p()));
          return Math.pow(sum[0], 1.0 / op.p());
        });
  }
}
