package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The normalized shape is written in the wrong order. */
@Model
final class LayerNormTuple implements UnaryModule {
  @Layer final LayerNorm norm = new LayerNorm(10, 20);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "20", "10"}) Tensor x) {
    return norm.forward(x);
  }
}
