package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.OwnStatisticsOp;
import java.util.List;
import java.util.stream.IntStream;

/** Normalisations by the statistics of parts of X itself. */
final class OwnStatistics {
  private OwnStatistics() {}

  static List<Exact> of(OwnStatisticsOp op, Operands in) {
    return switch (op) {
      case OwnStatisticsOp.LayerNormalization(int axis, float epsilon) -> layer(in, axis, epsilon);
      case OwnStatisticsOp.RMSNormalization(int axis, float epsilon) ->
          List.of(rootMeanSquare(in, axis, epsilon));
      case OwnStatisticsOp.GroupNormalization(int groups, float epsilon) ->
          List.of(groups(in, groups, epsilon));
      case OwnStatisticsOp.InstanceNormalization(float epsilon) ->
          List.of(groups(in, (int) in.get(0).sizes()[1], epsilon));
    };
  }

  /** All axes from one on. */
  private static Region from(Exact x, int axis) {
    long[] sizes = x.sizes();
    int first = Places.axis(axis, sizes.length);
    return Region.of(sizes, IntStream.range(first, sizes.length).boxed().toList());
  }

  private static List<Exact> layer(Operands in, int axis, double epsilon) {
    Exact x = in.get(0);
    Region region = from(x, axis);
    long count = region.count();
    long[] sizes = x.sizes();
    var statistics = new Shared<Moments>(group -> Moments.of(x, region, group));
    Exact y =
        Exact.real(
            in.type(),
            10,
            index -> {
              double normal = statistics.get(index / count).normalised(x.at(index), epsilon);
              double shift = in.has(2) ? broadcast(in.get(2), index, sizes) : 0;
              return normal * broadcast(in.get(1), index, sizes) + shift;
            });
    return List.of(
        y,
        Exact.real(in.types().get(1), count, group -> statistics.get(group).mean()),
        Exact.real(
            in.types().get(2),
            count,
            group -> 1 / Math.sqrt(statistics.get(group).variance() + epsilon)));
  }

  private static Exact rootMeanSquare(Operands in, int axis, double epsilon) {
    Exact x = in.get(0);
    long count = from(x, axis).count();
    long[] sizes = x.sizes();
    var squares =
        new Shared<Double>(
            group -> {
              double sum = 0;
              for (long i = group * count; i < (group + 1) * count; i++) {
                sum += x.at(i) * x.at(i);
              }
              return sum / count;
            });
    return Exact.real(
        in.type(),
        10,
        index ->
            x.at(index)
                / Math.sqrt(squares.get(index / count) + epsilon)
                * broadcast(in.get(1), index, sizes));
  }

  private static double broadcast(Exact factor, long index, long[] sizes) {
    return factor.at(Places.broadcast(index, sizes, factor.sizes()));
  }

  /** Each sample's channels in groups; scale and shift are the channel's. */
  private static Exact groups(Operands in, int groups, double epsilon) {
    Exact x = in.get(0);
    long[] sizes = x.sizes();
    Lines channels = Lines.of(sizes, 1);
    long count = Places.count(sizes, 1, sizes.length) / groups;
    Region region = Region.of(new long[] {x.elements() / Math.max(1, count), count}, List.of(1));
    var statistics = new Shared<Moments>(group -> Moments.of(x, region, group));
    return Exact.real(
        in.type(),
        10,
        index -> {
          long channel = channels.place(index);
          return statistics.get(index / count).normalised(x.at(index), epsilon)
                  * in.get(1).at(channel)
              + in.get(2).at(channel);
        });
  }
}
