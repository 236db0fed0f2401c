package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.GatherND;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;

/** What a step has to compute at least, whatever way it chooses. */
final class Work {
  private Work() {}

  /**
   * The multiplications and additions of products, convolutions and the like, as their definitions
   * have them; 0 for what moves data rather than computes.
   */
  static long of(Stage stage) {
    return stage.parts().isEmpty()
        ? ofNode(stage)
        : stage.parts().stream().mapToLong(Work::ofNode).sum();
  }

  /**
   * What it reads and writes at least, in bytes and in the graph's types: each input and output
   * once; of tables from which elements are taken as many as are.
   */
  static long bytes(Stage stage) {
    long written = stage.outputs().stream().mapToLong(Work::bytes).sum();
    boolean takes = isTaking(stage.op());
    long read = stage.inputs().stream().skip(takes ? 1 : 0).mapToLong(Work::bytes).sum();
    return written + read + (takes ? written : 0);
  }

  private static boolean isTaking(Op op) {
    return op instanceof Gather
        || op instanceof GatherElements
        || op instanceof GatherND
        || op instanceof Slice;
  }

  private static long bytes(Value value) {
    return value.isPresent() && value.type() instanceof TensorType type
        ? type.dtype().bytes(type.shape().elements().fixed())
        : 0;
  }

  private static long ofNode(Stage stage) {
    Op op = stage.op();
    if (op instanceof Conv) {
      return 2 * output(stage) * (elements(stage, 1) / dim(stage, 1, 0));
    }
    if (op instanceof ConvTranspose) {
      return 2 * elements(stage, 0) * (elements(stage, 1) / dim(stage, 1, 0));
    }
    if (op instanceof Gemm gemm) {
      return 2 * output(stage) * dim(stage, 0, gemm.transA() ? 0 : 1);
    }
    if (op instanceof MatMul) {
      return 2 * output(stage) * dim(stage, 0, -1);
    }
    if (op instanceof Attention) {
      return 4 * elements(stage, 0) * dim(stage, 1, -2);
    }
    if (op instanceof RecurrentOp) {
      long steps = dim(stage, 0, 0) * dim(stage, 0, 1);
      return 2 * steps * (elements(stage, 1) + elements(stage, 2));
    }
    return 0;
  }

  private static long output(Stage stage) {
    return shape(stage.outputs().getFirst()).elements().fixed();
  }

  private static long elements(Stage stage, int input) {
    return shape(stage.inputs().get(input)).elements().fixed();
  }

  private static long dim(Stage stage, int input, int axis) {
    Shape shape = shape(stage.inputs().get(input));
    return shape.dim(axis < 0 ? axis + shape.rank() : axis).fixed();
  }

  private static Shape shape(Value value) {
    return value.tensorType().shape();
  }
}
