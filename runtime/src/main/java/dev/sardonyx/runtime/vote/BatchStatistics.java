package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** BatchNormalization, by given statistics or in training by those of the batch. */
final class BatchStatistics {
  private BatchStatistics() {}

  static List<Exact> of(NormalizationOp.BatchNormalization op, Operands in) {
    Exact x = in.get(0);
    long[] sizes = x.sizes();
    boolean single = sizes.length == 1; // one channel
    Lines channels = single ? new Lines(1, sizes[0]) : Lines.of(sizes, 1);
    List<Integer> others =
        IntStream.range(0, sizes.length).filter(axis -> single || axis != 1).boxed().toList();
    Region region = Region.of(sizes, others);
    var own = new Shared<Moments>(channel -> Moments.of(x, region, channel));
    Exact y =
        Exact.real(
            in.type(),
            10,
            index -> {
              long channel = channels.place(index);
              Moments moments =
                  op.trainingMode()
                      ? own.get(channel)
                      : new Moments(in.get(3).at(channel), in.get(4).at(channel));
              return moments.normalised(x.at(index), op.epsilon()) * in.get(1).at(channel)
                  + in.get(2).at(channel);
            });
    if (!op.trainingMode()) {
      return List.of(y);
    }
    return List.of(
        y,
        running(op, in, 3, in.types().get(1), own, true),
        running(op, in, 4, in.types().get(2), own, false));
  }

  /** input * momentum + own * (1 - momentum). */
  private static Exact running(
      NormalizationOp.BatchNormalization op,
      Operands in,
      int input,
      TensorType type,
      Shared<Moments> own,
      boolean mean) {
    return Exact.real(
        type,
        10,
        channel -> {
          Moments moments = own.get(channel);
          double now = mean ? moments.mean() : moments.variance();
          return in.get(input).at(channel) * op.momentum() + now * (1 - (double) op.momentum());
        });
  }
}
