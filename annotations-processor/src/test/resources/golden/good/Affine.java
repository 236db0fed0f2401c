package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

@Model
public record Affine(@Layer Parameter weight, @Layer("offset") Parameter bias) implements UnaryModule {
  public Affine() {
    this(new Parameter(Tensor.ones(3)), new Parameter(Tensor.zeros(3)));
  }

  @Forward
  public Tensor forward(@Input({"batch", "3"}) Tensor x) {
    return x.mul(weight).add(bias);
  }
}
