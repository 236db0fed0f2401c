package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.TopK;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/** The k largest, or least, along an axis: of equals the first ones. Source: ONNX TopK. */
final class Ranking {
  private Ranking() {}

  static List<Exact> of(TopK op, Operands in) {
    Exact x = in.get(0);
    Lines lines = Lines.of(x.sizes(), op.axis());
    Lines chosen = Lines.of(in.sizes(), op.axis());
    var orders =
        new Shared<long[]>(1 << 8, line -> order(x, lines, line, op.largest(), chosen.length()));
    Exact indices =
        Exact.whole(
            in.types().get(1),
            20,
            index -> orders.get(chosen.line(index))[(int) chosen.place(index)]);
    Exact values =
        Moves.moved(
            x,
            in.type(),
            index -> lines.start(chosen.line(index)) + indices.wholeAt(index) * lines.step());
    return List.of(values, indices);
  }

  private static long[] order(Exact x, Lines lines, long line, boolean largest, long many) {
    long start = lines.start(line);
    Comparator<Long> ascending =
        x.isFloat()
            ? Comparator.comparingDouble(i -> x.at(start + i * lines.step()) + 0.0) // -0 is 0
            : (i, j) ->
                Integers.compare(
                    x.dtype(),
                    x.wholeAt(start + i * lines.step()),
                    x.wholeAt(start + j * lines.step()));
    Comparator<Long> order = largest ? ascending.reversed() : ascending;
    return LongStream.range(0, lines.length())
        .boxed()
        .sorted(order)
        .limit(many)
        .mapToLong(Long::longValue)
        .toArray();
  }
}
