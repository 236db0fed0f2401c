package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.AttentionOp;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.Det;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.ImageDecoder;
import dev.sardonyx.api.op.IndexOp;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.LossOp;
import dev.sardonyx.api.op.MatMul;
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
import dev.sardonyx.api.op.RotaryEmbedding;
import dev.sardonyx.api.op.SamplingOp;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.op.SignalOp;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.op.TrainingOp;
import java.util.List;
import java.util.Optional;

/** ONNX's definitions, one class for each family of operators. */
final class Definitions {
  private Definitions() {}

  /** The outputs of an operator; none where it is not defined here. */
  static List<Exact> of(Op op, Operands in) {
    return switch (op) {
      case Dropout _ when in.whole(2, 0) == 0 -> // nothing is dropped
          List.of(in.get(0), Exact.truth(in.types().get(1), _ -> true));
      case ElementwiseOp elementwise -> one(Elementwise.of(elementwise, in));
      case MatMul _ -> List.of(Products.matMul(in.get(0), in.get(1), in.type()));
      case Gemm gemm -> List.of(Products.gemm(gemm, in));
      case Einsum einsum -> List.of(Contraction.of(einsum, in));
      case Det _ -> List.of(Determinants.of(in));
      case Conv conv ->
          List.of(
              Convolutions.conv(
                  conv.window(), conv.group(), in.get(0), in.get(1), in.find(2), in.type()));
      case ConvTranspose conv -> List.of(Convolutions.transposed(conv, in));
      case PoolOp pool -> Pools.of(pool, in);
      case NormalizationOp normalization -> Normalizations.of(normalization, in);
      case ReductionOp reduction -> List.of(Reductions.of(reduction, in));
      case LayoutOp layout -> Moves.of(layout, in);
      case IndexOp index -> Lookups.of(index, in);
      case SignalOp signal -> one(Fourier.of(signal, in));
      case QuantizationOp quantization -> Quantizations.of(quantization, in);
      case RecurrentOp recurrent -> Recurrences.of(recurrent, in);
      case Attention attention -> Attentions.of(attention, in);
      case RotaryEmbedding rotation -> List.of(Rotations.of(rotation, in));
      case LossOp loss -> Losses.of(loss, in);
      case AttentionOp _, SamplingOp _, SelectionOp _ -> List.of();
      case ControlOp _, SequenceOp _, OptionalOp _, TextOp _, RandomOp _ -> List.of();
      case TrainingOp _, ImageDecoder _, MlOp _, Opaque _ -> List.of();
    };
  }

  private static List<Exact> one(Optional<Exact> output) {
    return output.stream().toList();
  }
}
