package dev.sardonyx.onnx.internal.gradient;

import dev.sardonyx.api.op.AttentionOp;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.ImageDecoder;
import dev.sardonyx.api.op.IndexOp;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.LossOp;
import dev.sardonyx.api.op.MatrixOp;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.OptionalOp;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.QuantizationOp;
import dev.sardonyx.api.op.RandomOp;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.SamplingOp;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.op.SignalOp;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.op.TrainingOp;

/** The families of operators by what is known of their derivatives. */
final class Derivatives {
  private Derivatives() {}

  /** Hands the derivative of an operator on to its inputs; whether it is known. */
  static boolean handOn(Op op, Parts parts) {
    return switch (op) {
      case ElementwiseOp elementwise -> ElementwiseDerivatives.handOn(elementwise, parts);
      case MatrixOp matrix -> MatrixDerivatives.handOn(matrix, parts);
      case ReductionOp reduction -> ReductionDerivatives.handOn(reduction, parts);
      case LayoutOp layout -> LayoutDerivatives.handOn(layout, parts);
      case NormalizationOp normalization -> SoftmaxDerivatives.handOn(normalization, parts);
      case ConvolutionOp _, PoolOp _, RecurrentOp _, AttentionOp _, LossOp _ -> false;
      case IndexOp _, SelectionOp _, SamplingOp _, SignalOp _, RandomOp _ -> false;
      case ControlOp _, SequenceOp _, OptionalOp _, TextOp _, QuantizationOp _ -> false;
      case TrainingOp _, ImageDecoder _, MlOp _, Opaque _ -> false;
    };
  }
}
