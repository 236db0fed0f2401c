package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.kernel.machine.Formula.When;
import java.util.function.IntFunction;

/**
 * Functions of elements as formulas. With its input each takes {@link FormulaWriter#count}
 * registers: most of them one or two, Exp and Log 4, Sigmoid, Tanh, Softplus and Elu 5, Swish, Erf
 * and GeluTanh 6, Gelu 7, Mish 8; constants are read from memory then.
 */
final class ElementFormulas {
  private static final int NEAREST = 8;
  private static final int DOWN = 9;
  private static final int UP = 10;

  private ElementFormulas() {}

  /** Whether there is a formula. */
  static boolean has(UnaryFunction function) {
    return switch (function) {
      case UnaryFunction.Swish swish -> swish.alpha() >= 0.5f && swish.alpha() <= 100;
      case UnaryFunction.Elu elu -> elu.alpha() >= 0 && elu.beta() > 0;
      case UnaryFunction.Relu _,
          UnaryFunction.LeakyRelu _,
          UnaryFunction.Clip _,
          UnaryFunction.Sigmoid _,
          UnaryFunction.Tanh _,
          UnaryFunction.Exp _,
          UnaryFunction.Log _,
          UnaryFunction.Erf _,
          UnaryFunction.Gelu _,
          UnaryFunction.GeluTanh _,
          UnaryFunction.Softplus _,
          UnaryFunction.Mish _,
          UnaryFunction.Sqrt _,
          UnaryFunction.Neg _,
          UnaryFunction.Abs _,
          UnaryFunction.Sign _,
          UnaryFunction.Ceil _,
          UnaryFunction.Floor _,
          UnaryFunction.Round _,
          UnaryFunction.Reciprocal _,
          UnaryFunction.ThresholdedRelu _,
          UnaryFunction.Shrink _ ->
          true;
      case UnaryFunction.Sin _,
          UnaryFunction.Cos _,
          UnaryFunction.HardSigmoid _, // these three in double, as generated loops have them
          UnaryFunction.HardSwish _,
          UnaryFunction.Softsign _,
          UnaryFunction.Trigonometric _ ->
          false;
    };
  }

  /** How many parameters the formula of a function takes. */
  static int parameters(UnaryFunction function) {
    return switch (function) {
      case UnaryFunction.LeakyRelu _, UnaryFunction.Swish _, UnaryFunction.ThresholdedRelu _ -> 1;
      case UnaryFunction.Clip _ -> 2;
      case UnaryFunction.Elu _, UnaryFunction.Shrink _ -> 3;
      case UnaryFunction.Relu _,
          UnaryFunction.Sigmoid _,
          UnaryFunction.Tanh _,
          UnaryFunction.Exp _,
          UnaryFunction.Log _,
          UnaryFunction.Erf _,
          UnaryFunction.Gelu _,
          UnaryFunction.GeluTanh _,
          UnaryFunction.Softplus _,
          UnaryFunction.Mish _,
          UnaryFunction.Sqrt _,
          UnaryFunction.Neg _,
          UnaryFunction.Abs _,
          UnaryFunction.Sign _,
          UnaryFunction.Ceil _,
          UnaryFunction.Floor _,
          UnaryFunction.Round _,
          UnaryFunction.Reciprocal _,
          UnaryFunction.Sin _,
          UnaryFunction.Cos _,
          UnaryFunction.HardSigmoid _,
          UnaryFunction.HardSwish _,
          UnaryFunction.Softsign _,
          UnaryFunction.Trigonometric _ ->
          0;
    };
  }

  /** One of the {@link #parameters}. */
  static float parameter(UnaryFunction function, int number) {
    return switch (function) {
      case UnaryFunction.LeakyRelu(float alpha) -> alpha;
      case UnaryFunction.Swish(float alpha) -> alpha;
      case UnaryFunction.ThresholdedRelu(float alpha) -> alpha;
      case UnaryFunction.Clip(float low, float high) -> number == 0 ? low : high;
      case UnaryFunction.Elu(float alpha, float gamma, float beta) ->
          number == 0 ? alpha : number == 1 ? gamma : beta;
      case UnaryFunction.Shrink(float bias, float lambd) ->
          number == 0 ? bias : number == 1 ? lambd : -lambd;
      case UnaryFunction.Relu _,
          UnaryFunction.Sigmoid _,
          UnaryFunction.Tanh _,
          UnaryFunction.Exp _,
          UnaryFunction.Log _,
          UnaryFunction.Erf _,
          UnaryFunction.Gelu _,
          UnaryFunction.GeluTanh _,
          UnaryFunction.Softplus _,
          UnaryFunction.Mish _,
          UnaryFunction.Sqrt _,
          UnaryFunction.Neg _,
          UnaryFunction.Abs _,
          UnaryFunction.Sign _,
          UnaryFunction.Ceil _,
          UnaryFunction.Floor _,
          UnaryFunction.Round _,
          UnaryFunction.Reciprocal _,
          UnaryFunction.Sin _,
          UnaryFunction.Cos _,
          UnaryFunction.HardSigmoid _,
          UnaryFunction.HardSwish _,
          UnaryFunction.Softsign _,
          UnaryFunction.Trigonometric _ ->
          throw new AssertionError(function);
    };
  }

  /**
   * The function of x, which is no constant.
   *
   * @param p its parameters, by number
   */
  static Value of(Formula f, UnaryFunction function, Value x, IntFunction<Value> p) {
    return switch (function) {
      case UnaryFunction.Relu _ -> f.add(f.max(f.constant(0), x), 0); // of -0 too
      case UnaryFunction.LeakyRelu _ ->
          f.choice(When.LESS, x, f.constant(0), f.multiply(x, p.apply(0)), x);
      case UnaryFunction.Clip _ -> {
        Value raised = f.choice(When.NOT_GREATER, x, p.apply(0), p.apply(0), x);
        yield f.choice(When.NOT_LESS, raised, p.apply(1), p.apply(1), raised);
      }
      case UnaryFunction.Sigmoid _ -> Sigmoids.sigmoid(f, x);
      case UnaryFunction.Tanh _ -> Sigmoids.tanh(f, x);
      case UnaryFunction.Exp _ -> Exponentials.exp(f, x);
      case UnaryFunction.Log _ -> Logarithms.log(f, x);
      case UnaryFunction.Erf _ -> ErrorFunctions.erf(f, x);
      case UnaryFunction.Gelu _ -> ErrorFunctions.gelu(f, x);
      case UnaryFunction.GeluTanh _ -> Sigmoids.geluTanh(f, x);
      case UnaryFunction.Softplus _ -> Sigmoids.softplus(f, x);
      case UnaryFunction.Mish _ -> Sigmoids.mish(f, x);
      case UnaryFunction.Swish _ -> Sigmoids.swish(f, x, p.apply(0));
      case UnaryFunction.Elu _ -> Sigmoids.elu(f, x, p.apply(0), p.apply(1), p.apply(2));
      case UnaryFunction.Sqrt _ -> f.root(x);
      case UnaryFunction.Neg _ -> f.negated(x);
      case UnaryFunction.Abs _ -> f.size(x);
      case UnaryFunction.Sign _ -> {
        Value zero = f.constant(0);
        Value one = f.choice(When.EQUAL, x, zero, zero, f.signed(f.copy(f.constant(1)), x));
        yield f.choice(When.UNORDERED, x, x, x, one);
      }
      case UnaryFunction.Ceil _ -> f.round(x, UP);
      case UnaryFunction.Floor _ -> f.round(x, DOWN);
      case UnaryFunction.Round _ -> f.round(x, NEAREST);
      case UnaryFunction.Reciprocal _ -> f.divide(f.constant(1), x);
      case UnaryFunction.ThresholdedRelu _ ->
          f.choice(When.GREATER, x, p.apply(0), x, f.constant(0));
      case UnaryFunction.Shrink _ -> {
        Value above = f.subtract(x, p.apply(0));
        Value beyond = f.choice(When.GREATER, x, p.apply(1), above, f.constant(0));
        yield f.choice(When.LESS, x, p.apply(2), f.add(x, p.apply(0)), beyond);
      }
      case UnaryFunction.Sin _,
          UnaryFunction.Cos _,
          UnaryFunction.HardSigmoid _,
          UnaryFunction.HardSwish _,
          UnaryFunction.Softsign _,
          UnaryFunction.Trigonometric _ ->
          throw new AssertionError(function);
    };
  }

  /** Whether there is a formula. */
  static boolean has(BinaryFunction function) {
    return switch (function) {
      case ADD, SUB, MUL, DIV, MAX, MIN, PRELU -> true;
      case REMAINDER, MODULO, POW -> false;
    };
  }

  /** Whether an operand may be a constant: one instruction reads it from memory. */
  static boolean takesMemory(BinaryFunction function) {
    return switch (function) {
      case ADD, SUB, MUL, DIV -> true;
      case MAX, MIN, PRELU, REMAINDER, MODULO, POW -> false;
    };
  }

  /** The function of two values, which are no constants but where it {@link #takesMemory}. */
  static Value of(Formula f, BinaryFunction function, Value a, Value b) {
    return switch (function) {
      case ADD -> f.add(a, b);
      case SUB -> f.subtract(a, b);
      case MUL -> f.multiply(a, b);
      case DIV -> f.divide(a, b);
      case MAX -> {
        Value larger = f.choice(When.EQUAL, a, b, f.and(a, b), f.max(a, b)); // 0 of zeros
        yield f.choice(When.UNORDERED, a, a, a, larger);
      }
      case MIN -> {
        Value less = f.choice(When.EQUAL, a, b, f.or(a, b), f.min(a, b)); // -0 of zeros
        yield f.choice(When.UNORDERED, a, a, a, less);
      }
      case PRELU -> f.choice(When.LESS, a, f.constant(0), f.multiply(a, b), a);
      case REMAINDER, MODULO, POW -> throw new AssertionError(function);
    };
  }
}
