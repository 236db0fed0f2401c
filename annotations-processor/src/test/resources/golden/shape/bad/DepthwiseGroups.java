package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A depthwise convolution for 24 channels receives 32. */
@Model
final class DepthwiseGroups implements UnaryModule {
  @Layer final Conv2d expand = new Conv2d(8, 32, 1);
  @Layer final Conv2d depthwise = new Conv2d(24, 24, 3, o -> o.groups(24).padding(1));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8", "56", "56"}) Tensor x) {
    return depthwise.forward(Functional.relu6(expand.forward(x)));
  }
}
