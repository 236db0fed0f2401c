package dev.sardonyx.runtime.plan;

import java.util.OptionalInt;

/**
 * What a product does to its result in the same step: {@code relu(product + bias + residual)}.
 *
 * @param bias the input that holds one value per output channel or column
 * @param residual the input that is added element by element
 */
public record Tail(OptionalInt bias, OptionalInt residual, boolean relu) {
  private static final Tail NONE = new Tail(OptionalInt.empty(), OptionalInt.empty(), false);

  /** Nothing. */
  public static Tail none() {
    return NONE;
  }

  Tail withBias(int input) {
    return new Tail(OptionalInt.of(input), residual, relu);
  }

  Tail withResidual(int input) {
    return new Tail(bias, OptionalInt.of(input), relu);
  }

  Tail withRelu() {
    return new Tail(bias, residual, true);
  }
}
