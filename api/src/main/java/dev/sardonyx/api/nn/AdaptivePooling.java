package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Pools over windows whose size follows from the output's. Output i of o covers the input from
 * floor(i * n / o) up to ceil((i + 1) * n / o): windows differ in size and overlap where o does not
 * divide n. Source: torch adaptive_avg_pool2d.
 */
final class AdaptivePooling {
  private AdaptivePooling() {}

  static void requireSize(String name, IntTuple outputSize, int rank) {
    boolean law =
        outputSize.numbers().stream().allMatch(size -> size >= 1 || size == IntTuple.NONE);
    Arguments.require(law, name, "outputSize", "1 or more", outputSize);
    outputSize.expanded(name, "outputSize", rank);
  }

  static Tensor average(String name, Tensor x, IntTuple output, int rank) {
    Spatial.require(name, x, "C", rank);
    if (output.isAll(1)) {
      var op = new PoolOp.GlobalAveragePool();
      return Spatial.batched(x, rank, batch -> Operations.apply(op, batch));
    }
    List<AdaptiveWindows> axes = axes(name, x, output, rank);
    if (axes.stream().allMatch(AdaptiveWindows::isEven)) {
      var op = new PoolOp.AveragePool(even(axes), false);
      return Spatial.batched(x, rank, batch -> Operations.apply(op, batch));
    }
    // A window's mean is the mean along one axis of the means along the others: products.
    Tensor result = x;
    for (int axis = rank - 1; axis >= 0; axis--) {
      if (!axes.get(axis).isWhole()) {
        result = means(result, axes.get(axis), axis - rank);
      }
    }
    return result;
  }

  private static Tensor means(Tensor x, AdaptiveWindows windows, int axis) {
    return switch (axis) {
      case -1 -> x.matmul(windows.rightMeans(x.dtype()));
      case -2 -> windows.leftMeans(x.dtype()).matmul(x);
      default -> windows.leftMeans(x.dtype()).matmul(x.transpose(axis, -2)).transpose(axis, -2);
    };
  }

  static Tensor max(String name, Tensor x, IntTuple output, int rank) {
    Spatial.require(name, x, "C", rank);
    if (output.isAll(1)) {
      var op = new PoolOp.GlobalMaxPool();
      return Spatial.batched(x, rank, batch -> Operations.apply(op, batch));
    }
    List<AdaptiveWindows> axes = axes(name, x, output, rank);
    var op = new PoolOp.MaxPool(even(axes));
    return Spatial.batched(spread(x, axes), rank, batch -> Operations.apply(op, batch));
  }

  static MaxPool.WithIndices maxWithIndices(String name, Tensor x, IntTuple output, int rank) {
    Spatial.require(name, x, "C", rank);
    List<AdaptiveWindows> axes = axes(name, x, output, rank);
    var pooled = Pooling.maxWithIndices(spread(x, axes), even(axes));
    if (axes.stream().allMatch(AdaptiveWindows::isEven)) {
      return pooled;
    }
    Tensor places = Tensor.of(places(axes), Math.toIntExact(planeSize(axes)));
    Tensor indices = Operations.apply(new Gather(0), places, pooled.indices());
    return new MaxPool.WithIndices(pooled.output(), indices);
  }

  /** The input with each axis rewritten as windows of one size, one after the other. */
  private static Tensor spread(Tensor x, List<AdaptiveWindows> axes) {
    Tensor result = x;
    for (int axis = 0; axis < axes.size(); axis++) {
      AdaptiveWindows windows = axes.get(axis);
      if (!windows.isEven()) {
        long[] places = windows.places();
        var gather = new Gather(x.rank() - axes.size() + axis);
        result = Operations.apply(gather, result, Tensor.of(places, places.length));
      }
    }
    return result;
  }

  private static long planeSize(List<AdaptiveWindows> axes) {
    return axes.stream()
        .mapToLong(windows -> windows.places().length)
        .reduce(1, Math::multiplyExact);
  }

  /** Where each element of a plane of {@link #spread} was in the input's plane. */
  private static long[] places(List<AdaptiveWindows> axes) {
    long[] result = {0};
    for (AdaptiveWindows windows : axes) {
      long[] along = windows.places();
      long[] longer = new long[Math.multiplyExact(result.length, along.length)];
      for (int i = 0; i < longer.length; i++) {
        longer[i] = result[i / along.length] * windows.size() + along[i % along.length];
      }
      result = longer;
    }
    return result;
  }

  private static Window even(List<AdaptiveWindows> axes) {
    List<Integer> kernel = axes.stream().map(AdaptiveWindows::longest).toList();
    List<Integer> ones = Collections.nCopies(axes.size(), 1);
    return Window.of(kernel, kernel, ones, Collections.nCopies(axes.size(), 0));
  }

  private static List<AdaptiveWindows> axes(String name, Tensor x, IntTuple output, int rank) {
    List<AdaptiveWindows> result = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int size = fixed(name, x, axis - rank, output.expanded(name, "outputSize", rank));
      int outputs = output.get(axis) == IntTuple.NONE ? size : output.get(axis);
      result.add(new AdaptiveWindows(size, outputs));
    }
    return result;
  }

  private static int fixed(String name, Tensor x, int axis, IntTuple output) {
    if (!x.size(axis).isFixed()) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          name
              + " to "
              + output
              + " expects known spatial dims, found "
              + x.type()
              + "; give the input fixed dims, or pool to "
              + IntTuple.of(1).expanded(name, "outputSize", output.numbers().size()));
    }
    int size = Math.toIntExact(x.size(axis).fixed());
    if (size < 1) {
      throw Mismatch.of("Window", name, "1 or more", size)
          .withType(x.type())
          .error(name + " expects spatial dims of 1 or more, found " + x.type());
    }
    return size;
  }
}
