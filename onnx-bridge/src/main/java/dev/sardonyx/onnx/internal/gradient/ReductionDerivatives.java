package dev.sardonyx.onnx.internal.gradient;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.SizeOf;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;

/** Sums and means, which hand the same to all that they take in. */
final class ReductionDerivatives {
  private ReductionDerivatives() {}

  static boolean handOn(ReductionOp op, Parts parts) {
    if (!(op instanceof ReductionOp.Reduce(Reduction reduction, boolean keepdims, boolean noop))
        || noop) {
      return false;
    }
    return switch (reduction) {
      case SUM -> give(parts, spread(keepdims, parts.dy(), parts));
      case MEAN -> give(parts, spread(keepdims, mean(parts), parts));
      case SUM_SQUARE -> {
        Value x = parts.input(0);
        Value twice = parts.add(new BinaryOp.Add(), x, x);
        yield give(parts, parts.times(spread(keepdims, parts.dy(), parts), twice));
      }
      case MAX, MIN, PROD, L1, L2, LOG_SUM, LOG_SUM_EXP -> false;
    };
  }

  private static boolean give(Parts parts, Value derivative) {
    parts.give(0, derivative);
    return true;
  }

  /** The derivative by the output for each element of the input. */
  private static Value spread(boolean keepdims, Value derivative, Parts parts) {
    Value axes = parts.input(1);
    Value wide = derivative;
    if (!keepdims && axes.isPresent()) {
      boolean all = parts.type(axes).shape().equals(Shape.of(0));
      wide = all ? derivative : parts.add(new AxesOp.Unsqueeze(), derivative, axes);
    }
    return parts.add(new Expand(), wide, parts.add(new ShapeOf(), parts.input(0)));
  }

  /** The derivative divided by how many elements make one, which float16 may not hold. */
  private static Value mean(Parts parts) {
    var cast = new Cast(DType.FLOAT64);
    Value dy = parts.add(cast, parts.dy());
    Value all = parts.add(cast, parts.add(new SizeOf(), parts.input(0)));
    Value left = parts.add(cast, parts.add(new SizeOf(), parts.output()));
    Value each = parts.add(new BinaryOp.Div(), all, left);
    return parts.add(new CastLike(), parts.add(new BinaryOp.Div(), dy, each), parts.dy());
  }
}
