package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Epilogue;
import java.util.OptionalInt;

/** Tails as kernels take them. */
final class Epilogues {
  private Epilogues() {}

  /** The epilogue of a tail; a bias of the operator itself comes before that of the tail. */
  static Epilogue of(Tail tail, OptionalInt ownBias, Buffers buffers) {
    Epilogue result = Epilogue.NONE;
    OptionalInt bias = ownBias.isPresent() ? ownBias : tail.bias();
    if (bias.isPresent()) {
      result = result.withBias(buffers.input(bias.getAsInt()));
    }
    if (tail.residual().isPresent()) {
      result = result.withResidual(buffers.input(tail.residual().getAsInt()));
    }
    return tail.activation().map(result::withActivation).orElse(result);
  }
}
