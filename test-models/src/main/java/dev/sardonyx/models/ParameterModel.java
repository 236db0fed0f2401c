package dev.sardonyx.models;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

/** A bare parameter, without a layer around it. */
@Model(value = "parameter", describedAs = "MyModule")
public final class ParameterModel implements UnaryModule {
  @Layer
  final Parameter weight = new Parameter(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3"}) Tensor x) {
    return x.matmul(weight);
  }
}
