package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Epilogue.BiasAxis;
import java.util.OptionalInt;

/** Tails as kernels take them. */
final class Epilogues {
  private Epilogues() {}

  /** The epilogue of a tail; a bias of the operator itself comes before that of the tail. */
  static Epilogue of(Tail tail, OptionalInt ownBias, BiasAxis axis, Buffers buffers) {
    Epilogue result = Epilogue.NONE;
    OptionalInt bias = ownBias.isPresent() ? ownBias : tail.bias();
    if (bias.isPresent()) {
      result = result.withBias(buffers.input(bias.getAsInt()), axis);
    }
    if (tail.residual().isPresent()) {
      result = result.withResidual(buffers.input(tail.residual().getAsInt()));
    }
    return tail.activation().map(result::withActivation).orElse(result);
  }
}
