package dev.sardonyx.runtime.kernel;

/** A function of one float, applied element by element. NaN in gives NaN out. */
public sealed interface UnaryFunction {

  /** max(0, x); -0 gives 0. */
  record Relu() implements UnaryFunction {}

  /** x for x &gt;= 0, alpha * x below. */
  record LeakyRelu(float alpha) implements UnaryFunction {}

  /** min(max(x, low), high); high wins where the bounds cross. ReLU6 is Clip(0, 6). */
  record Clip(float low, float high) implements UnaryFunction {}

  /** 1 / (1 + exp(-x)), within 4 ULP for x &gt; -87; 0 far below. */
  record Sigmoid() implements UnaryFunction {}

  /** Hyperbolic tangent, within 4 ULP, near 0 as well. */
  record Tanh() implements UnaryFunction {}

  /** e to the x, within 2 ULP. */
  record Exp() implements UnaryFunction {}

  /** Natural logarithm, within 2 ULP; -inf at 0, NaN below. */
  record Log() implements UnaryFunction {}

  /** Square root, correctly rounded; NaN below 0. */
  record Sqrt() implements UnaryFunction {}

  /** -x, also for zeros. */
  record Neg() implements UnaryFunction {}

  /** |x|. */
  record Abs() implements UnaryFunction {}
}
