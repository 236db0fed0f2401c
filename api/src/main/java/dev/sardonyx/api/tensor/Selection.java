package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How PyTorch's selections are said in ONNX's operators. */
final class Selection {
  private static final Dim END = Dim.of(Long.MAX_VALUE);

  private Selection() {}

  static Tensor get(Tensor x, Index... indices) {
    List<Index> full = withoutEllipsis(x, indices);
    List<Integer> axes = new ArrayList<>();
    List<Index.Range> ranges = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    List<Long> added = new ArrayList<>();
    int axis = 0;
    int output = 0;
    for (Index index : full) {
      switch (index) {
        case Index.NewAxis _ -> added.add((long) output++);
        case Index.At(long position) -> {
          requireInside("get", x, axis, position);
          taken.add(axis++);
          positions.add(position);
        }
        case Index.Range range -> {
          if (!range.equals(Index.all())) {
            axes.add(axis);
            ranges.add(range);
          }
          axis++;
          output++;
        }
        case Index.Ellipsis _ -> throw new AssertionError(full);
      }
    }
    Tensor result = axes.isEmpty() ? x : slice(x, axes, ranges);
    for (int i = taken.size() - 1; i >= 0; i--) {
      Tensor position = Tensor.scalar(positions.get(i));
      result = Operations.apply(new Gather(taken.get(i)), result, position);
    }
    long[] axesAdded = added.stream().mapToLong(Long::longValue).toArray();
    return added.isEmpty()
        ? result
        : Operations.apply(new AxesOp.Unsqueeze(), result, Tensor.of(axesAdded, axesAdded.length));
  }

  /** One index for each dim: the ellipsis, or else the end, stands for all that are left. */
  private static List<Index> withoutEllipsis(Tensor x, Index... indices) {
    List<Index> result = new ArrayList<>(List.of(indices));
    long used =
        result.stream().filter(i -> i instanceof Index.At || i instanceof Index.Range).count();
    long ellipses = result.stream().filter(Index.Ellipsis.class::isInstance).count();
    if (used > x.rank() || ellipses > 1) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "get: "
              + (ellipses > 1 ? "one ellipsis at most" : "at most " + x.rank() + " indices")
              + " must be given for "
              + x.type()
              + ", found "
              + Arrays.toString(indices));
    }
    int at = ellipses == 0 ? result.size() : result.indexOf(new Index.Ellipsis());
    if (ellipses == 1) {
      result.remove(at);
    }
    result.addAll(at, Collections.nCopies(x.rank() - (int) used, Index.all()));
    return result;
  }

  private static Tensor slice(Tensor x, List<Integer> axes, List<Index.Range> ranges) {
    List<Dim> starts = ranges.stream().map(range -> range.start().orElse(Dim.of(0))).toList();
    List<Dim> ends = ranges.stream().map(range -> range.end().orElse(END)).toList();
    long[] steps = ranges.stream().mapToLong(Index.Range::step).toArray();
    return slice(x, axes, starts, ends, steps);
  }

  private static Tensor slice(
      Tensor x, List<Integer> axes, List<Dim> starts, List<Dim> ends, long[] steps) {
    long[] along = axes.stream().mapToLong(Integer::longValue).toArray();
    List<Optional<Tensor>> inputs = new ArrayList<>();
    inputs.add(Optional.of(x));
    inputs.add(Optional.of(DimTensors.vector(starts, x)));
    inputs.add(Optional.of(DimTensors.vector(ends, x)));
    inputs.add(Optional.of(Tensor.of(along, along.length)));
    if (Arrays.stream(steps).anyMatch(step -> step != 1)) {
      inputs.add(Optional.of(Tensor.of(steps, steps.length)));
    }
    return Operations.applyAll(new Slice(), inputs).getFirst();
  }

  static Tensor narrow(Tensor x, int dim, Dim given, Dim length) {
    int axis = Axes.orEnd("narrow", x, dim);
    boolean fromEnd = given.isFixed() && given.fixed() < 0 && x.size(axis).isFixed();
    Dim start = fromEnd ? given.plus(x.size(axis).fixed()) : given;
    Dim end = start.plus(length);
    boolean outside =
        start.isFixed() && start.fixed() < 0
            || length.isFixed() && length.fixed() < 0
            || end.isFixed() && x.size(axis).isFixed() && end.fixed() > x.size(axis).fixed();
    if (outside) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "narrow: start %s and length %s must lie within dim %d of size %s"
              .formatted(start, length, dim, x.size(axis)));
    }
    return slice(x, List.of(axis), List.of(start), List.of(end), new long[] {1});
  }

  static Tensor select(Tensor x, int dim, long index) {
    int axis = Axes.orEnd("select", x, dim);
    requireInside("select", x, axis, index);
    return Operations.apply(new Gather(axis), x, Tensor.scalar(index));
  }

  private static void requireInside(String method, Tensor x, int axis, long index) {
    Dim size = x.size(axis);
    if (size.isFixed() && (index < -size.fixed() || index >= size.fixed())) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "%s: index %d is outside dim %d of size %s of %s"
              .formatted(method, index, axis, size, x.type()));
    }
  }

  static Tensor indexSelect(Tensor x, int dim, Tensor index) {
    if (index.shape().isKnown() && index.rank() > 1) {
      throw Mismatch.of("Rank", "indexSelect", "rank 1 or less", index.shape())
          .withType(index.type())
          .error("indexSelect: index must be a vector, found " + index.type());
    }
    return Operations.apply(new Gather(Axes.orEnd("indexSelect", x, dim)), x, index);
  }

  static Tensor gather(Tensor x, int dim, Tensor index) {
    return Operations.apply(new GatherElements(Axes.orEnd("gather", x, dim)), x, index);
  }

  static Tensor flip(Tensor x, int... dims) {
    List<Integer> axes =
        Arrays.stream(dims).map(axis -> Axes.orEnd("flip", x, axis)).boxed().toList();
    if (axes.isEmpty()) {
      return x;
    }
    long[] steps = new long[dims.length];
    Arrays.fill(steps, -1);
    return slice(
        x,
        axes,
        Collections.nCopies(dims.length, Dim.of(-1)),
        Collections.nCopies(dims.length, Dim.of(Long.MIN_VALUE)),
        steps);
  }

  static Tensor roll(Tensor x, long shift, int dim) {
    int axis = Axes.orEnd("roll", x, dim);
    long size = x.size(axis).isFixed() ? x.size(axis).fixed() : 0;
    long by = size == 0 ? shift : Math.floorMod(shift, size);
    if (by == 0) {
      return x;
    }
    // The last elements come first; a negative shift moves the first to the end.
    Tensor head = slice(x, List.of(axis), List.of(Dim.of(-by)), List.of(END), new long[] {1});
    Tensor tail = slice(x, List.of(axis), List.of(Dim.of(0)), List.of(Dim.of(-by)), new long[] {1});
    return Reshaping.cat(List.of(head, tail), axis);
  }

  static List<Tensor> split(Tensor x, int dim, long... sizes) {
    Tensor list = Tensor.of(sizes, sizes.length);
    return Operations.applyAll(
        new Split(Axes.orEnd("split", x, dim), 0), List.of(Optional.of(x), Optional.of(list)));
  }

  /** Parts of one size, of which the last may be smaller. */
  static List<Tensor> splitEvery(Tensor x, long size, int dim) {
    Dim whole = x.size(Axes.orEnd("split", x, dim));
    if (size < 1) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "split: splitSize must be 1 or more, found " + size);
    }
    if (!whole.isFixed()) {
      throw new SardonyxException(
          ErrorCode.SHAPE, "split: dim %d of %s must be a number".formatted(dim, x.type()));
    }
    int parts = Math.toIntExact(Math.max(1, Math.ceilDiv(whole.fixed(), size)));
    long[] sizes = new long[parts];
    Arrays.fill(sizes, size);
    sizes[parts - 1] = whole.fixed() - (parts - 1) * size;
    return split(x, dim, sizes);
  }

  static List<Tensor> chunk(Tensor x, int chunks, int dim) {
    if (chunks < 1) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "chunk: chunks must be 1 or more, found " + chunks);
    }
    int axis = Axes.orEnd("chunk", x, dim);
    return x.size(axis).isFixed()
        ? splitEvery(x, Math.max(1, Math.ceilDiv(x.size(axis).fixed(), chunks)), axis)
        : Operations.applyAll(new Split(axis, chunks), List.of(Optional.of(x)));
  }

  static List<Tensor> unbind(Tensor x, int dim) {
    int axis = Axes.of("unbind", x, dim);
    List<Tensor> result = new ArrayList<>();
    for (long i = 0; i < x.size(axis).fixed(); i++) {
      result.add(select(x, axis, i));
    }
    return List.copyOf(result);
  }
}
