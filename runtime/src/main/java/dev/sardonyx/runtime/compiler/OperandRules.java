package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Constant operands that ONNX takes in several shapes, in one of them. */
final class OperandRules {
  private OperandRules() {}

  /** A slope of one number is a vector, however many dims of 1 it has. */
  static Optional<Value> slope(Node node, Rewriting graph) {
    Optional<DenseTensor> slope =
        node.op() instanceof BinaryOp.PRelu
            ? graph.constant(node.inputs().get(1))
            : Optional.empty();
    if (slope.isEmpty() || slope.get().elements() != 1 || slope.get().rank() == 1) {
      return Optional.empty();
    }
    String name = node.inputs().get(1).name() + ".one";
    Value one = graph.constant(name, slope.get().reshaped(Shape.of(1)));
    return Optional.of(graph.add(node, node.op(), node.inputs().getFirst(), one));
  }

  /** Scales are given for all axes, and no region where none is asked for. */
  static Optional<Value> scales(Node node, Rewriting graph) {
    if (!(node.op() instanceof Resize op)
        || op.axes().isEmpty()
        || node.inputs().size() != 3
        || op.coordinates() == Resize.Coordinates.TF_CROP_AND_RESIZE
        || !(node.inputs().getFirst().type() instanceof TensorType type)
        || !type.shape().isKnown()) {
      return Optional.empty();
    }
    Optional<DenseTensor> some = graph.constant(node.inputs().get(2));
    if (some.isEmpty() || some.get().elements() != op.axes().size()) {
      return Optional.empty();
    }
    float[] all = new float[type.rank()];
    Arrays.fill(all, 1);
    for (int i = 0; i < op.axes().size(); i++) {
      all[type.shape().axis(op.axes().get(i))] = some.get().floatAt(i);
    }
    DenseTensor scales = Tensor.of(all, all.length).dense();
    Value given = graph.constant(node.output().name() + ".scales", scales);
    var ofAll =
        new Resize(
            op.mode(),
            op.coordinates(),
            op.nearest(),
            op.cubicCoeffA(),
            op.excludeOutside(),
            List.of(),
            op.antialias(),
            op.keepAspectRatio(),
            op.extrapolationValue());
    return Optional.of(
        graph.add(node, ofAll, List.of(node.inputs().getFirst(), Value.absent(), given)));
  }
}
