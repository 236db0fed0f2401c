package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.op.AttentionOp;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.IndexOp;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.LossOp;
import dev.sardonyx.api.op.MatrixOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.Scan;
import dev.sardonyx.api.op.SignalOp;
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
              });
      case ElementwiseOp _, MatrixOp _, ConvolutionOp _, PoolOp _ -> Optional.empty();
      case NormalizationOp _, RecurrentOp _, ReductionOp _ -> Optional.empty();
      case LayoutOp _, IndexOp _, LossOp _, SignalOp _ -> Optional.empty();
      case AttentionOp _ -> Optional.empty();
      case Opaque _ -> Optional.empty();
    };
  }
}
