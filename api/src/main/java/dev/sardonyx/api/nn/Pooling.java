package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pools over windows of a fixed size; all options are checked ones. */
final class Pooling {
  private Pooling() {}

  static Tensor max(String name, Tensor x, IntTuple kernel, MaxPoolOptions options, int rank) {
    Spatial.require(name, x, "C", rank);
    var op = new PoolOp.MaxPool(window(kernel, options, rank));
    return Spatial.windowed(
        name, () -> Spatial.batched(x, rank, batch -> Operations.apply(op, batch)));
  }

  static MaxPool.WithIndices maxWithIndices(
      String name, Tensor x, IntTuple kernel, MaxPoolOptions options, int rank) {
    Spatial.require(name, x, "C", rank);
    return Spatial.windowed(name, () -> maxWithIndices(x, window(kernel, options, rank)));
  }

  /** ONNX counts places over the whole input, PyTorch within each plane: the rest of a division. */
  static MaxPool.WithIndices maxWithIndices(Tensor x, Window window) {
    int rank = window.rank();
    if (Arguments.hasRank(x, rank + 1)) {
      var batch = maxWithIndices(x.unsqueeze(0), window);
      return new MaxPool.WithIndices(batch.output().squeeze(0), batch.indices().squeeze(0));
    }
    var op = new PoolOp.MaxPool(window);
    List<Tensor> both = Operations.applyAll(op, List.of(Optional.of(x)));
    Tensor places = both.getLast();
    Tensor plane = planeSize(x, rank);
    Tensor before = integerQuotient(places, plane).mul(plane);
    return new MaxPool.WithIndices(both.getFirst(), places.sub(before));
  }

  private static Tensor integerQuotient(Tensor a, Tensor b) {
    return Operations.apply(new BinaryOp.Div(), a, b);
  }

  /** The elements of a plane, int64; computed in the graph where dims are symbols. */
  private static Tensor planeSize(Tensor x, int rank) {
    Dim size = x.shape().isKnown() ? x.shape().product(2, rank + 2) : new Dim.Unknown();
    if (size.isFixed()) {
      return Tensor.scalar(size.fixed());
    }
    Tensor shape = Operations.apply(new ShapeOf(), x);
    Tensor product = Tensor.scalar(1L);
    for (int axis = 2; axis < rank + 2; axis++) {
      product = product.mul(Operations.apply(new Gather(0), shape, Tensor.scalar((long) axis)));
    }
    return product;
  }

  private static Window window(IntTuple kernel, MaxPoolOptions options, int rank) {
    return Spatial.window(
            rank, kernel, options.stride().orElse(kernel), options.dilation(), options.padding())
        .withCeilMode(options.ceilMode());
  }

  static Tensor average(String name, Tensor x, IntTuple kernel, AvgPoolOptions options, int rank) {
    Spatial.require(name, x, "C", rank);
    Window window =
        Spatial.window(
                rank, kernel, options.stride().orElse(kernel), IntTuple.of(1), options.padding())
            .withCeilMode(options.ceilMode());
    if (options.divisorOverride().isEmpty()) {
      var op = new PoolOp.AveragePool(window, options.countIncludePad());
      return Spatial.windowed(
          name, () -> Spatial.batched(x, rank, batch -> Operations.apply(op, batch)));
    }
    double elements = window.kernel().stream().mapToInt(k -> k).reduce(1, Math::multiplyExact);
    double factor = elements / options.divisorOverride().getAsInt();
    var op = new PoolOp.AveragePool(whole(name, x, window), true);
    return Spatial.windowed(
            name, () -> Spatial.batched(x, rank, batch -> Operations.apply(op, batch)))
        .mul(factor);
  }

  /** The window with so much padding at the end that no window is cut: each counts all elements. */
  private static Window whole(String name, Tensor x, Window window) {
    if (!window.ceilMode()) {
      return window;
    }
    int rank = window.rank();
    List<Integer> pads = new ArrayList<>(window.pads());
    for (int axis = 0; axis < rank; axis++) {
      Dim dim = x.size(axis - rank);
      if (!dim.isFixed()) {
        throw new SardonyxException(
            ErrorCode.SHAPE,
            name
                + " with divisorOverride and ceilMode expects known spatial dims, found "
                + x.type());
      }
      int begin = pads.get(axis);
      long stride = window.strides().get(axis);
      long kernel = window.kernel().get(axis);
      long starts = dim.fixed() + 2L * begin - kernel;
      long last = Math.min(Math.ceilDiv(starts, stride), (dim.fixed() + begin - 1) / stride);
      long end = Math.max(0, last * stride + kernel - dim.fixed() - begin);
      pads.set(axis + rank, Math.toIntExact(end));
    }
    return new Window(
        window.kernel(), window.strides(), window.dilations(), pads, AutoPad.NOTSET, false);
  }
}
