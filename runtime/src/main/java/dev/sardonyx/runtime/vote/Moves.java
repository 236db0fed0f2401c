package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.CenterCropPad;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.OneHot;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.SizeOf;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.SpaceOp;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Trilu;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** Operators that move elements: each output element is an input's, at an index that follows. */
final class Moves {
  private Moves() {}

  static List<Exact> of(LayoutOp op, Operands in) {
    return switch (op) {
      case Reshape _, Flatten _, AxesOp _ -> one(in, index -> index);
      case Transpose transpose -> one(in, transposed(transpose, in));
      case Concat(int axis) -> List.of(concatenated(in, axis));
      case Gather(int axis) -> one(in, Lookups.slices(in, axis));
      case GatherElements(int axis) -> one(in, Lookups.elements(in, axis));
      case Slice _ -> one(in, Strides.of(in));
      case Split(int axis, _) -> parts(in, axis);
      case Pad(Pad.Mode mode) -> List.of(Padding.of(mode, in));
      case Expand _ -> {
        long[] sizes = in.sizes();
        long[] from = in.get(0).sizes();
        yield one(in, index -> Places.broadcast(index, sizes, from));
      }
      case Tile _ -> one(in, repeated(in));
      case Trilu(boolean upper) -> List.of(triangle(in, upper));
      case FillOp fill -> Fills.of(fill, in).stream().toList();
      case OneHot(int axis) -> List.of(Fills.oneHot(in, axis));
      case SpaceOp space -> one(in, blocks(space, in));
      case ShapeOf(long start, _) -> {
        long[] sizes = in.get(0).sizes();
        long first = Math.clamp(start < 0 ? start + sizes.length : start, 0, sizes.length);
        yield List.of(Exact.whole(in.type(), 1, index -> sizes[(int) (first + index)]));
      }
      case SizeOf _ -> List.of(Exact.whole(in.type(), 1, _ -> in.get(0).elements()));
      case Resize resize -> Resizing.of(resize, in).stream().toList();
      case CenterCropPad _ -> List.of();
    };
  }

  private static List<Exact> one(Operands in, LongUnaryOperator from) {
    return List.of(moved(in.get(0), in.type(), from));
  }

  /** The elements of x at the indices that follow from those of the result. */
  static Exact moved(Exact x, TensorType type, LongUnaryOperator from) {
    return x.isFloat()
        ? Exact.real(type, 5 + x.work(), index -> x.at(from.applyAsLong(index)))
        : Exact.whole(type, 5 + x.work(), index -> x.wholeAt(from.applyAsLong(index)));
  }

  /** The same where an index below 0 stands for a value. */
  static Exact moved(Exact x, TensorType type, LongUnaryOperator from, Optional<Exact> fill) {
    if (x.isFloat()) {
      double other = fill.map(value -> value.at(0)).orElse(0.0);
      return Exact.real(
          type,
          5,
          index -> {
            long at = from.applyAsLong(index);
            return at < 0 ? other : x.at(at);
          });
    }
    long other = fill.map(value -> value.wholeAt(0)).orElse(0L);
    return Exact.whole(
        type,
        5,
        index -> {
          long at = from.applyAsLong(index);
          return at < 0 ? other : x.wholeAt(at);
        });
  }

  /** Axis i of the output is axis perm[i] of the input. */
  private static LongUnaryOperator transposed(Transpose op, Operands in) {
    long[] from = in.get(0).sizes();
    long[] to = in.sizes();
    return index -> {
      long[] place = Places.of(index, to);
      long[] source = new long[from.length];
      for (int axis = 0; axis < to.length; axis++) {
        source[op.perm().isEmpty() ? to.length - 1 - axis : op.perm().get(axis)] = place[axis];
      }
      return Places.index(source, from);
    };
  }

  private static Exact concatenated(Operands in, int axis) {
    List<Exact> all = in.inputs().stream().map(Optional::orElseThrow).toList();
    Lines whole = Lines.of(in.sizes(), axis);
    List<Lines> lines = all.stream().map(part -> Lines.of(part.sizes(), axis)).toList();
    /** Which input an element is of, and where it lies there. */
    record Source(Exact part, long index) {
      static Source of(List<Exact> all, List<Lines> lines, Lines whole, long index) {
        long place = whole.place(index);
        int part = 0;
        while (place >= lines.get(part).length()) {
          place -= lines.get(part).length();
          part++;
        }
        Lines own = lines.get(part);
        return new Source(all.get(part), own.start(whole.line(index)) + place * own.step());
      }
    }
    return all.getFirst().isFloat()
        ? Exact.real(
            in.type(),
            10,
            index -> {
              Source source = Source.of(all, lines, whole, index);
              return source.part.at(source.index);
            })
        : Exact.whole(
            in.type(),
            10,
            index -> {
              Source source = Source.of(all, lines, whole, index);
              return source.part.wholeAt(source.index);
            });
  }

  private static List<Exact> parts(Operands in, int axis) {
    Lines whole = Lines.of(in.get(0).sizes(), axis);
    List<Exact> result = new ArrayList<>();
    long from = 0;
    for (TensorType type : in.types()) {
      long offset = from;
      Lines part = Lines.of(type.shape().sizes(), axis);
      result.add(
          moved(
              in.get(0),
              type,
              index ->
                  whole.start(part.line(index)) + (offset + part.place(index)) * whole.step()));
      from += part.length();
    }
    return result;
  }

  private static LongUnaryOperator repeated(Operands in) {
    long[] from = in.get(0).sizes();
    long[] to = in.sizes();
    return index -> {
      long[] place = Places.of(index, to);
      for (int axis = 0; axis < to.length; axis++) {
        place[axis] %= from[axis];
      }
      return Places.index(place, from);
    };
  }

  private static Exact triangle(Operands in, boolean upper) {
    long[] sizes = in.sizes();
    long columns = sizes[sizes.length - 1];
    long rows = sizes[sizes.length - 2];
    long diagonal = in.whole(1, 0);
    return moved(
        in.get(0),
        in.type(),
        index -> {
          long over = index % columns - index / columns % rows - diagonal;
          return (upper ? over >= 0 : over <= 0) ? index : -1;
        },
        Optional.empty());
  }

  private static LongUnaryOperator blocks(SpaceOp op, Operands in) {
    long[] from = in.get(0).sizes();
    long[] to = in.sizes();
    return switch (op) {
      case SpaceOp.DepthToSpace(int block, SpaceOp.Order mode) ->
          index -> {
            long[] at = Places.of(index, to);
            long row = at[2] % block;
            long column = at[3] % block;
            long channel =
                mode == SpaceOp.Order.DCR
                    ? (row * block + column) * to[1] + at[1]
                    : (at[1] * block + row) * block + column;
            return Places.index(new long[] {at[0], channel, at[2] / block, at[3] / block}, from);
          };
      case SpaceOp.SpaceToDepth(int block) ->
          index -> {
            long[] at = Places.of(index, to);
            long within = at[1] / from[1];
            long row = at[2] * block + within / block;
            long column = at[3] * block + within % block;
            return Places.index(new long[] {at[0], at[1] % from[1], row, column}, from);
          };
    };
  }
}
