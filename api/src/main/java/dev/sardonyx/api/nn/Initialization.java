package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.type.Shape;

/** First values of weights, drawn from the default generator. Source: torch.nn.init. */
final class Initialization {
  private Initialization() {}

  /**
   * kaiming_uniform_(a=sqrt(5)), which is U(-1/sqrt(fanIn), 1/sqrt(fanIn)), in PyTorch's own steps
   * so that it is rounded alike.
   */
  static Parameter weight(Shape shape, long fanIn) {
    double slope = Math.sqrt(5);
    double gain = Math.sqrt(2.0 / (1 + slope * slope));
    double bound = Math.sqrt(3.0) * (gain / Math.sqrt(fanIn));
    return new Parameter(Generator.defaultGenerator().uniform(shape, -bound, bound));
  }

  static Parameter bias(int size, long fanIn) {
    return within(Shape.of(size), 1 / Math.sqrt(fanIn));
  }

  /** U(-bound, bound). */
  static Parameter within(Shape shape, double bound) {
    return new Parameter(Generator.defaultGenerator().uniform(shape, -bound, bound));
  }

  /** normal_(0, 1). */
  static Parameter normal(Shape shape) {
    return new Parameter(Generator.defaultGenerator().normal(shape, 0, 1));
  }

  /** xavier_uniform_ with gain 1, in PyTorch's own steps. */
  static Parameter xavierUniform(Shape shape) {
    return within(shape, Math.sqrt(3.0) * xavierDeviation(shape));
  }

  /** xavier_normal_ with gain 1. */
  static Parameter xavierNormal(Shape shape) {
    double deviation = xavierDeviation(shape);
    return new Parameter(Generator.defaultGenerator().normal(shape, 0, deviation));
  }

  private static double xavierDeviation(Shape shape) {
    long field = shape.product(2, shape.rank()).fixed();
    long fans = (shape.dim(0).fixed() + shape.dim(1).fixed()) * field;
    return Math.sqrt(2.0 / fans);
  }
}
