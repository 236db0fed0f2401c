package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How PyTorch's shape operations are said in ONNX's operators, also where dims are symbols. */
final class Reshaping {
  private static final Dim COMPUTED = Dim.of(-1);

  private Reshaping() {}

  static Tensor reshape(Tensor x, List<Dim> dims) {
    if (dims.stream().allMatch(Dim::isFixed)) {
      return constantReshape(x, dims, dims.contains(Dim.of(0)));
    }
    List<Dim> simple = new ArrayList<>(dims);
    for (int axis = 0; axis < dims.size(); axis++) {
      boolean copied =
          x.shape().isKnown()
              && axis < x.rank()
              && !dims.get(axis).isFixed()
              && dims.get(axis).sameAs(x.size(axis));
      if (copied) {
        simple.set(axis, Dim.of(0)); // ONNX: 0 copies the input's dim
      }
    }
    List<Dim> open = simple.stream().filter(dim -> !dim.isFixed()).toList();
    if (open.size() == 1 && !simple.contains(COMPUTED)) {
      simple.set(simple.indexOf(open.getFirst()), COMPUTED);
    }
    boolean literalZero = dims.contains(Dim.of(0));
    return simple.stream().allMatch(Dim::isFixed) && !literalZero
        ? constantReshape(x, simple, false)
        : computedReshape(x, dims);
  }

  private static Tensor constantReshape(Tensor x, List<Dim> dims, boolean allowzero) {
    long[] sizes = dims.stream().mapToLong(Dim::fixed).toArray();
    return Operations.apply(new Reshape(allowzero), x, Tensor.of(sizes, sizes.length));
  }

  /** Symbols at other places than in x: the shape is put together by operators. */
  private static Tensor computedReshape(Tensor x, List<Dim> dims) {
    Tensor shape = DimTensors.vector(dims, x);
    return Operations.apply(new Reshape(dims.contains(Dim.of(0))), x, shape);
  }

  static Tensor flatten(Tensor x, int startDim, int endDim) {
    if (!x.shape().isKnown() && startDim == 1 && endDim == -1) {
      return Operations.apply(new Flatten(1), x);
    }
    if (x.rank() == 0) {
      return reshape(x, List.of(Dim.of(1)));
    }
    int start = Axes.of("flatten", x, startDim);
    int end = Axes.of("flatten", x, endDim);
    if (start > end) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "flatten: start_dim " + startDim + " is after end_dim " + endDim);
    }
    if (start == 1 && end == x.rank() - 1) {
      return Operations.apply(new Flatten(1), x);
    }
    List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, start));
    dims.add(x.shape().product(start, end + 1));
    dims.addAll(x.shape().dims().subList(end + 1, x.rank()));
    return reshape(x, dims);
  }

  static Tensor transpose(Tensor x, int a, int b) {
    int[] order = IntStream.range(0, x.rank()).toArray();
    int first = Axes.of("transpose", x, a);
    int second = Axes.of("transpose", x, b);
    order[first] = second;
    order[second] = first;
    return permute(x, order);
  }

  static Tensor permute(Tensor x, int[] order) {
    if (!x.shape().isKnown() && order.length > 0 && Arrays.stream(order).allMatch(a -> a >= 0)) {
      return Operations.apply(new Transpose(Arrays.stream(order).boxed().toList()), x);
    }
    if (order.length != x.rank()) { // an empty order would reverse the axes, as ONNX has it
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "permute: the order must name each axis of "
              + x.type()
              + " once, found "
              + Arrays.toString(order));
    }
    List<Integer> axes =
        Arrays.stream(order).map(axis -> Axes.of("permute", x, axis)).boxed().toList();
    return Operations.apply(new Transpose(axes), x);
  }

  static Tensor unsqueeze(Tensor x, int axis) {
    return Operations.apply(new AxesOp.Unsqueeze(), x, Tensor.of(new long[] {axis}, 1));
  }

  static Tensor squeeze(Tensor x, int axis) {
    Dim size = x.size(Axes.orEnd("squeeze", x, axis));
    if (size.isFixed() && size.fixed() != 1) {
      return x;
    }
    return Operations.apply(new AxesOp.Squeeze(), x, Tensor.of(new long[] {axis}, 1));
  }

  static Tensor expand(Tensor x, List<Dim> dims) {
    int added = dims.size() - x.rank();
    List<Dim> full = new ArrayList<>();
    for (int axis = 0; axis < dims.size(); axis++) {
      boolean kept = dims.get(axis).equals(COMPUTED);
      boolean fits = kept ? axis >= added : axis < added || fits(x.size(axis - added), dims, axis);
      if (added < 0 || !fits) {
        throw expandError(x, dims, "expand: " + x.type() + " cannot be expanded to " + dims);
      }
      full.add(kept ? x.size(axis - added) : dims.get(axis));
    }
    if (added < 0) {
      throw expandError(x, dims, "expand: " + x.type() + " has more dims than " + dims);
    }
    // A dim that stays is written as 1, so that its size need not be computed.
    for (int axis = added; axis < full.size(); axis++) {
      boolean stays = !full.get(axis).isFixed() && full.get(axis).sameAs(x.size(axis - added));
      full.set(axis, stays || dims.get(axis).equals(COMPUTED) ? Dim.of(1) : full.get(axis));
    }
    return Operations.apply(new Expand(), x, DimTensors.vector(full, x));
  }

  /** A symbol may stand for 1, which is stretched to any size. */
  private static boolean fits(Dim size, List<Dim> dims, int axis) {
    boolean mayBeOne = !size.isFixed() || size.fixed() == 1;
    return mayBeOne || !size.differsFrom(dims.get(axis));
  }

  private static SardonyxException expandError(Tensor x, List<Dim> dims, String words) {
    return Mismatch.of("Broadcast", "expand", dims, x.shape()).withType(x.type()).error(words);
  }

  static Tensor repeat(Tensor x, long... repeats) {
    if (repeats.length < x.rank()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "repeat: a number must be given for each dim of "
              + x.type()
              + ", found "
              + Arrays.toString(repeats));
    }
    Tensor full = x;
    for (int axis = x.rank(); axis < repeats.length; axis++) {
      full = unsqueeze(full, 0);
    }
    return Operations.apply(new Tile(), full, Tensor.of(repeats, repeats.length));
  }

  static Tensor unflatten(Tensor x, int dim, List<Dim> sizes) {
    int axis = Axes.of("unflatten", x, dim);
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    dims.remove(axis);
    dims.addAll(axis, sizes);
    int computed = sizes.indexOf(COMPUTED);
    Dim product =
        sizes.stream().filter(size -> !size.equals(COMPUTED)).reduce(Dim.of(1), Dim::times);
    Dim whole = x.size(axis);
    boolean fits =
        computed < 0
            ? !product.differsFrom(whole)
            : !whole.isFixed()
                || !product.isFixed()
                || product.fixed() > 0 && whole.fixed() % product.fixed() == 0;
    if (!fits) {
      String expected = computed < 0 ? product.toString() : "a multiple of " + product;
      throw Mismatch.of("Unflatten", "unflatten", expected, whole)
          .withType(x.type())
          .error("unflatten: sizes %s must fill dim %d of size %s".formatted(sizes, dim, whole));
    }
    if (computed >= 0 && !(whole.exactQuotient(product) instanceof Dim.Unknown)) {
      dims.set(axis + computed, whole.exactQuotient(product));
    }
    return reshape(x, dims);
  }

  static Tensor movedim(Tensor x, int source, int destination) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    Integer moved = order.remove(Axes.of("movedim", x, source));
    order.add(Axes.of("movedim", x, destination), moved);
    return permute(x, order.stream().mapToInt(Integer::intValue).toArray());
  }

  static Tensor matrixTranspose(Tensor x) {
    if (x.rank() > 2) {
      throw Mismatch.of("Rank", "t", "rank 2 or less", x.shape())
          .withType(x.type())
          .error("t: expected a tensor of at most 2 dims, found " + x.type());
    }
    return x.rank() < 2 ? x : transpose(x, 0, 1);
  }

  static Tensor stack(List<Tensor> tensors, int axis) {
    if (tensors.isEmpty()) {
      throw new SardonyxException(ErrorCode.ARGUMENT, "stack: at least one tensor must be given");
    }
    int along = axis < 0 ? axis + tensors.getFirst().rank() + 1 : axis;
    return cat(tensors.stream().map(tensor -> unsqueeze(tensor, along)).toList(), along);
  }

  static Tensor cat(List<Tensor> tensors, int axis) {
    return Operations.applyAll(new Concat(axis), tensors.stream().map(Optional::of).toList())
        .getFirst();
  }
}
