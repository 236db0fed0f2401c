package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a product does to its result in the same step: {@code activation(product + bias +
 * residual)}.
 *
 * @param bias the input that holds one value per output channel or column
 * @param residual the input that is added element by element
 * @param activation applied last, one that an {@link Epilogue} takes
 */
public record Tail(OptionalInt bias, OptionalInt residual, Optional<UnaryFunction> activation) {
  private static final Tail NONE =
      new Tail(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

  /** Nothing. */
  public static Tail none() {
    return NONE;
  }

  Tail withBias(int input) {
    return new Tail(OptionalInt.of(input), residual, activation);
  }

  Tail withResidual(int input) {
    return new Tail(bias, OptionalInt.of(input), activation);
  }

  Tail withActivation(UnaryFunction last) {
    return new Tail(bias, residual, Optional.of(last));
  }
}
