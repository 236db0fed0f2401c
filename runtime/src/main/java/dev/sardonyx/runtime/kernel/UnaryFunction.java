package dev.sardonyx.runtime.kernel;

import java.util.function.DoubleUnaryOperator;

/**
 * A function of one element with its definition in double; kernels of float32 keep to the accuracy
 * that is told. NaN in gives NaN out where nothing else is said.
 */
public sealed interface UnaryFunction extends DoubleUnaryOperator {

  /** Of integers, where they have it: numbers that wrap around. */
  default long ofInteger(long x) {
    throw new AssertionError(this + " of an integer"); // refused by type inference
  }

  /** Of integers whose 64 bits are all a number. */
  default long ofUnsigned(long x) {
    return ofInteger(x);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** max(0, x); -0 gives 0. */
  record Relu() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x <= 0 ? 0 : x;
    }

    @Override
    public long ofInteger(long x) {
      return Math.max(x, 0);
    }
  }

  /** x for x &gt;= 0, alpha * x below. */
  record LeakyRelu(float alpha) implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x < 0 ? alpha * x : x;
    }
  }

  /**
   * min(max(x, low), high); high wins where the bounds cross, and a bound where only the signs of
   * zeros differ. ReLU6 is Clip(0, 6).
   */
  record Clip(float low, float high) implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      double raised = x <= low ? low : x;
      return raised >= high ? high : raised;
    }
  }

  /** 1 / (1 + exp(-x)), within 2 ULP. */
  record Sigmoid() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return 1 / (1 + Math.exp(-x));
    }
  }

  /** Hyperbolic tangent, within 2 ULP, near 0 as well. */
  record Tanh() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.tanh(x);
    }
  }

  /** e to the x, within 2 ULP. */
  record Exp() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.exp(x);
    }
  }

  /** Natural logarithm, within 2 ULP; -inf at 0, NaN below. */
  record Log() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.log(x);
    }
  }

  /** Square root, correctly rounded; NaN below 0. */
  record Sqrt() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.sqrt(x);
    }
  }

  /** -x, also for zeros. */
  record Neg() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return -x;
    }

    @Override
    public long ofInteger(long x) {
      return -x;
    }
  }

  /** |x|. */
  record Abs() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.abs(x);
    }

    @Override
    public long ofInteger(long x) {
      return Math.abs(x);
    }

    @Override
    public long ofUnsigned(long x) {
      return x;
    }
  }

  /** -1, 0 or 1; NaN stays. */
  record Sign() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x == 0 ? 0 : Math.signum(x);
    }

    @Override
    public long ofInteger(long x) {
      return Long.signum(x);
    }

    @Override
    public long ofUnsigned(long x) {
      return x == 0 ? 0 : 1;
    }
  }

  /** The least whole number that is x or more. */
  record Ceil() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.ceil(x);
    }
  }

  /** The greatest whole number that is x or less. */
  record Floor() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.floor(x);
    }
  }

  /** The nearest whole number, ties to even. */
  record Round() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.rint(x);
    }
  }

  /** 1 / x, correctly rounded. */
  record Reciprocal() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return 1 / x;
    }
  }

  /** The sine, within 2 ULP, but near its zeros (other than 0) in absolute terms. */
  record Sin() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.sin(x);
    }
  }

  /** The cosine, likewise. */
  record Cos() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.cos(x);
    }
  }

  /** The error function, within 2 ULP. */
  record Erf() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return ErrorFunction.of(x);
    }
  }

  /** x * (1 + erf(x / sqrt(2))) / 2, within 6 ULP, below 0 too. */
  record Gelu() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x * ErrorFunction.complement(-x * Math.sqrt(0.5)) / 2;
    }
  }

  /** x * (1 + tanh(y)) / 2 with y = sqrt(2 / pi) * (x + 0.044715 x^3), within 4 + 6|y| ULP. */
  record GeluTanh() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }
  }

  /**
   * gamma * x above 0, else gamma * alpha * (exp(beta * x) - 1), within 4 ULP: Elu, Selu and Celu.
   */
  record Elu(float alpha, float gamma, float beta) implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return gamma * (x <= 0 ? alpha * Math.expm1((double) beta * x) : x);
    }
  }

  /** max(0, min(1, alpha * x + beta)). */
  record HardSigmoid(float alpha, float beta) implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return Math.max(0, Math.min(1, alpha * x + beta));
    }
  }

  /** x * max(0, min(1, x / 6 + 0.5)), within 2 ULP of what is summed. */
  record HardSwish() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x * Math.max(0, Math.min(1, x * (1.0 / 6) + 0.5));
    }
  }

  /** x * tanh(softplus(x)), within 6 ULP. */
  record Mish() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x * Math.tanh(softplus(x));
    }
  }

  /** log(1 + exp(x)), within 2 ULP. */
  record Softplus() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return softplus(x);
    }
  }

  /** x / (1 + |x|), within 2 ULP. */
  record Softsign() implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x / (1 + Math.abs(x));
    }
  }

  /** x above alpha, else 0; NaN gives 0. */
  record ThresholdedRelu(float alpha) implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x > alpha ? x : 0;
    }
  }

  /** x + bias below -lambd, x - bias above lambd, else 0. */
  record Shrink(float bias, float lambd) implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x < -lambd ? x + bias : x > lambd ? x - bias : 0;
    }
  }

  /** x / (1 + exp(-alpha * x)), within 4 ULP. */
  record Swish(float alpha) implements UnaryFunction {
    @Override
    public double applyAsDouble(double x) {
      return x * (1 / (1 + Math.exp(-alpha * x)));
    }
  }

  /** Functions of angles, hyperbolic ones and their inverses, within 1 ULP. */
  enum Trigonometric implements UnaryFunction {
    ACOS(Math::acos),
    ACOSH(HyperbolicInverses::acosh),
    ASIN(Math::asin),
    ASINH(HyperbolicInverses::asinh),
    ATAN(Math::atan),
    ATANH(HyperbolicInverses::atanh),
    COSH(Math::cosh),
    SINH(Math::sinh),
    TAN(Math::tan);

    private final DoubleUnaryOperator function;

    Trigonometric(DoubleUnaryOperator function) {
      this.function = function;
    }

    @Override
    public double applyAsDouble(double x) {
      return function.applyAsDouble(x);
    }
  }
}
