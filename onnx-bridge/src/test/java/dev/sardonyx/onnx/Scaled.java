package dev.sardonyx.onnx;

import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

/** A model of one parameter, for tests of export. */
public final class Scaled implements UnaryModule {
  final Parameter weight = new Parameter(Tensor.of(new float[] {1, 2, 3}, 3));

  @Override
  public Tensor forward(Tensor x) {
    return x.mul(weight).reshape(x.size(0), 3);
  }
}
