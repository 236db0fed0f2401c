package dev.sardonyx.runtime.interpret;

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
import dev.sardonyx.api.op.Scan;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.op.SequenceMap;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.op.SignalOp;
import dev.sardonyx.api.op.SplitToSequence;
import dev.sardonyx.api.op.StringNormalizer;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.op.TfIdfVectorizer;
import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.runtime.ml.MlComputations;
import java.util.Optional;

/** The operators that are computed from whole values: the one place to enter them in. */
public final class Computations {
  private Computations() {}

  /** The computation of an operator; empty for one whose types alone tell what its outputs are. */
  public static Optional<Computation> of(Op op) {
    return switch (op) {
      case ControlOp control ->
          Optional.of(
              switch (control) {
                case ControlOp.If branch -> ControlComputations.of(branch);
                case ControlOp.Loop loop -> ControlComputations.of(loop);
                case Scan scan -> ScanComputation.of(scan);
                case SequenceMap map -> SequenceMapComputation.of(map);
              });
      case SequenceOp sequence ->
          Optional.of(
              switch (sequence) {
                case SequenceOp.Listing listing -> SequenceComputations.of(listing);
                case SplitToSequence split -> SplitComputation.of(split);
              });
      case ImageDecoder image -> Optional.of(ImageComputation.of(image));
      case OptionalOp optional -> Optional.of(OptionalComputations.of(optional));
      case TextOp text ->
          Optional.of(
              switch (text) {
                case TextOp.RegexFullMatch match -> TextComputations.of(match);
                case TextOp.StringConcat concat -> TextComputations.of(concat);
                case StringNormalizer normalizer -> TextComputations.of(normalizer);
                case TextOp.StringSplit split -> TextComputations.of(split);
                case TfIdfVectorizer grams -> GramComputation.of(grams);
              });
      case ElementwiseOp _, MatrixOp _, ConvolutionOp _, PoolOp _ -> Optional.empty();
      case NormalizationOp _, RecurrentOp _, ReductionOp _ -> Optional.empty();
      case LayoutOp _, IndexOp _, LossOp _, SignalOp _ -> Optional.empty();
      case AttentionOp _, SamplingOp _ -> Optional.empty();
      case SelectionOp selection -> Optional.of(SelectionComputations.of(selection));
      case MlOp ml -> {
        var prepared = MlComputations.of(ml);
        yield Optional.of((inputs, run) -> prepared.compute(inputs, run::allocate));
      }
      case RandomOp _, TrainingOp _ -> Optional.empty();
      case QuantizationOp _ -> Optional.empty();
      case Opaque _ -> Optional.empty();
    };
  }
}
