package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Tensors of constants, of diagonals and of equal steps. */
final class Fills {
  private Fills() {}

  static Optional<Exact> of(FillOp op, Operands in) {
    return switch (op) {
      case FillOp.ConstantOfShape fill -> {
        var reader = new Elements(fill.value().dtype());
        MemorySegment bytes = MemorySegment.ofBuffer(fill.value().bytes());
        yield Optional.of(
            fill.value().dtype().isFloat()
                ? Exact.real(in.type(), 1, _ -> reader.real(bytes, 0))
                : Exact.whole(in.type(), 1, _ -> reader.integer(bytes, 0)));
      }
      case FillOp.EyeLike eye -> {
        long columns = in.sizes()[1];
        yield Optional.of(
            in.type().dtype().isFloat()
                ? Exact.real(in.type(), 1, index -> diagonal(index, columns, eye.k()))
                : Exact.whole(in.type(), 1, index -> diagonal(index, columns, eye.k())));
      }
      case FillOp.Range _ -> range(in);
    };
  }

  private static int diagonal(long index, long columns, int k) {
    return index % columns - index / columns == k ? 1 : 0;
  }

  /** start + i * delta; how floats are rounded on the way is said for 16 bits only. */
  private static Optional<Exact> range(Operands in) {
    Exact start = in.get(0);
    Exact delta = in.get(2);
    if (!in.type().shape().isFixed() || start.dtype().bits() == 16) {
      return Optional.empty();
    }
    return Optional.of(
        start.isFloat()
            ? Exact.real(in.type(), 2, index -> start.at(0) + index * delta.at(0))
            : Exact.whole(in.type(), 2, index -> start.wholeAt(0) + index * delta.wholeAt(0)));
  }

  /** values[1] at each index on the new axis, values[0] elsewhere. */
  static Exact oneHot(Operands in, int axis) {
    Exact indices = in.get(0);
    Exact values = in.get(2);
    long[] sizes = in.sizes();
    Lines lines = Lines.of(sizes, axis);
    DType dtype = indices.dtype();
    LongPredicate on =
        index -> {
          long at = lines.line(index);
          long wanted = dtype.isFloat() ? (long) indices.at(at) : indices.wholeAt(at);
          long place = wanted < 0 ? wanted + lines.length() : wanted;
          return place == lines.place(index);
        };
    return values.isFloat()
        ? Exact.real(in.type(), 5, index -> values.at(on.test(index) ? 1 : 0))
        : Exact.whole(in.type(), 5, index -> values.wholeAt(on.test(index) ? 1 : 0));
  }
}
