package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

/** A scale for 12 features where 10 come. */
@Model
final class ParameterShape implements UnaryModule {
  @Layer final Parameter scale = new Parameter(Tensor.ones(12));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    return x.mul(scale);
  }
}
