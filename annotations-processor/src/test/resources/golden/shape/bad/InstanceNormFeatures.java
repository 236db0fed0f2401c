package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.InstanceNorm2d;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** With weights, the norm knows its channels: 16, not 3. */
@Model
final class InstanceNormFeatures implements UnaryModule {
  @Layer final InstanceNorm2d norm = new InstanceNorm2d(16, o -> o.affine(true));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "32", "32"}) Tensor x) {
    return norm.forward(x);
  }
}
