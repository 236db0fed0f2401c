package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Pools over windows of a fixed size. */
final class Pooling {
  private Pooling() {}

  static Tensor max(Tensor x, IntPair kernel, MaxPoolOptions options) {
    Window window =
        Window.of(
                list(kernel),
                list(options.stride().orElse(kernel)),
                list(options.dilation()),
                list(options.padding()))
            .withCeilMode(options.ceilMode());
    return batched("max_pool2d", x, batch -> Operations.apply(new PoolOp.MaxPool(window), batch));
  }

  static Tensor average(Tensor x, IntPair kernel, AvgPoolOptions options) {
    Window window =
        Window.of(
                list(kernel),
                list(options.stride().orElse(kernel)),
                List.of(1, 1),
                list(options.padding()))
            .withCeilMode(options.ceilMode());
    var op = new PoolOp.AveragePool(window, options.countIncludePad());
    return batched("avg_pool2d", x, batch -> Operations.apply(op, batch));
  }

  /** PyTorch takes single images too; ONNX's operators want the dim of the batch. */
  static Tensor batched(String name, Tensor x, UnaryOperator<Tensor> pool) {
    Arguments.requireShape(name, x, "N, C, H, W", "C, H, W");
    return x.rank() == 4 ? pool.apply(x) : pool.apply(x.unsqueeze(0)).squeeze(0);
  }

  static List<Integer> list(IntPair pair) {
    return List.of(pair.height(), pair.width());
  }
}
