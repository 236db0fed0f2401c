package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.Optional;

/** The list of operators by ONNX's names: one line for each. */
public final class Operators {
  private Operators() {}

  /**
   * The operator of a name in ai.onnx with these attributes, or empty when the vocabulary does not
   * have it. Errors: ARGUMENT or UNSUPPORTED for attributes that do not fit.
   */
  public static Optional<Op> read(String name, Attributes attributes) {
    return Optional.ofNullable(
        switch (name) {
          case "Add" -> plain(new BinaryOp.Add(), attributes);
          case "AveragePool" -> PoolOp.AveragePool.read(attributes);
          case "BatchNormalization" -> NormalizationOp.BatchNormalization.read(attributes);
          case "Concat" -> Concat.read(attributes);
          case "Conv" -> Conv.read(attributes);
          case "Div" -> plain(new BinaryOp.Div(), attributes);
          case "Exp" -> plain(new UnaryOp.Exp(), attributes);
          case "Flatten" -> Flatten.read(attributes);
          case "Gather" -> Gather.read(attributes);
          case "Gemm" -> Gemm.read(attributes);
          case "GlobalAveragePool" -> plain(new PoolOp.GlobalAveragePool(), attributes);
          case "Identity" -> plain(new UnaryOp.Identity(), attributes);
          case "LeakyRelu" -> UnaryOp.LeakyRelu.read(attributes);
          case "Log" -> plain(new UnaryOp.Log(), attributes);
          case "LogSoftmax" -> NormalizationOp.LogSoftmax.read(attributes);
          case "MatMul" -> plain(new MatMul(), attributes);
          case "MaxPool" -> PoolOp.MaxPool.read(attributes);
          case "Mul" -> plain(new BinaryOp.Mul(), attributes);
          case "Neg" -> plain(new UnaryOp.Neg(), attributes);
          case "PRelu" -> plain(new BinaryOp.PRelu(), attributes);
          case "ReduceMean" -> ReductionOp.ReduceMean.read(attributes);
          case "Relu" -> plain(new UnaryOp.Relu(), attributes);
          case "Reshape" -> Reshape.read(attributes);
          case "Shape" -> plain(new ShapeOf(), attributes);
          case "Sigmoid" -> plain(new UnaryOp.Sigmoid(), attributes);
          case "Softmax" -> NormalizationOp.Softmax.read(attributes);
          case "Sqrt" -> plain(new UnaryOp.Sqrt(), attributes);
          case "Squeeze" -> plain(new AxesOp.Squeeze(), attributes);
          case "Sub" -> plain(new BinaryOp.Sub(), attributes);
          case "Tanh" -> plain(new UnaryOp.Tanh(), attributes);
          case "Transpose" -> Transpose.read(attributes);
          case "Unsqueeze" -> plain(new AxesOp.Unsqueeze(), attributes);
          default -> null;
        });
  }

  private static Op plain(Op op, Attributes attributes) {
    if (!attributes.byName().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, op.name() + ": unknown attributes " + attributes);
    }
    return op;
  }
}
