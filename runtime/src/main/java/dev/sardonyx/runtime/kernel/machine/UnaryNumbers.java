package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.util.List;

/** A number for each function that there is a formula for, whatever its parameters. */
final class UnaryNumbers {
  private static final List<UnaryFunction> FUNCTIONS =
      List.of(
          new UnaryFunction.Relu(),
          new UnaryFunction.LeakyRelu(0.1f),
          new UnaryFunction.Clip(-0.5f, 0.75f),
          new UnaryFunction.Sigmoid(),
          new UnaryFunction.Tanh(),
          new UnaryFunction.Exp(),
          new UnaryFunction.Log(),
          new UnaryFunction.Erf(),
          new UnaryFunction.Gelu(),
          new UnaryFunction.GeluTanh(),
          new UnaryFunction.Softplus(),
          new UnaryFunction.Mish(),
          new UnaryFunction.Swish(1.5f),
          new UnaryFunction.Elu(1.25f, 0.75f, 1.5f),
          new UnaryFunction.Sqrt(),
          new UnaryFunction.Neg(),
          new UnaryFunction.Abs(),
          new UnaryFunction.Sign(),
          new UnaryFunction.Ceil(),
          new UnaryFunction.Floor(),
          new UnaryFunction.Round(),
          new UnaryFunction.Reciprocal(),
          new UnaryFunction.ThresholdedRelu(0.5f),
          new UnaryFunction.Shrink(0.25f, 0.5f));

  static final int COUNT = FUNCTIONS.size();

  private UnaryNumbers() {}

  /** A function of a number, with some parameters. */
  static UnaryFunction of(int number) {
    return FUNCTIONS.get(number);
  }

  /** The number of a function. */
  static int number(UnaryFunction function) {
    for (int i = 0; i < FUNCTIONS.size(); i++) {
      if (FUNCTIONS.get(i).getClass() == function.getClass()) {
        return i;
      }
    }
    throw new AssertionError(function);
  }
}
