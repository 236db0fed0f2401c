package dev.sardonyx.onnx.internal.gradient;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.UnaryOp;

/** Softmax and its logarithm. */
final class SoftmaxDerivatives {
  private SoftmaxDerivatives() {}

  static boolean handOn(NormalizationOp op, Parts parts) {
    Value y = parts.output();
    Value dy = parts.dy();
    return switch (op) {
      case NormalizationOp.Softmax(int axis) -> {
        Value weighted = parts.times(dy, y);
        Value share = parts.times(y, sum(weighted, axis, parts));
        parts.give(0, parts.add(new BinaryOp.Sub(), weighted, share));
        yield true;
      }
      case NormalizationOp.LogSoftmax(int axis) -> {
        Value share = parts.times(parts.add(new UnaryOp.Exp(), y), sum(dy, axis, parts));
        parts.give(0, parts.add(new BinaryOp.Sub(), dy, share));
        yield true;
      }
      default -> false;
    };
  }

  private static Value sum(Value value, int axis, Parts parts) {
    var sum = new ReductionOp.Reduce(ReductionOp.Reduction.SUM, true);
    return parts.add(sum, value, parts.vector(axis));
  }
}
