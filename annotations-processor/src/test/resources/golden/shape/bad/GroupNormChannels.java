package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GroupNorm;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** 4 groups of 32 channels, but 48 come. */
@Model
final class GroupNormChannels implements UnaryModule {
  @Layer final Conv2d conv = new Conv2d(3, 48, 1);
  @Layer final GroupNorm norm = new GroupNorm(4, 32);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "14", "14"}) Tensor x) {
    return norm.forward(conv.forward(x)).mul(0.5);
  }
}
