package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

/** PyTorch's weights are [out, in]; these are the other way round. */
@Model
final class FunctionalLinear implements UnaryModule {
  @Layer final Parameter weight = new Parameter(Tensor.zeros(32, 10));
  @Layer final Parameter bias = new Parameter(Tensor.zeros(10));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "32"}) Tensor x) {
    return Functional.linear(x, weight, bias);
  }
}
