package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** 32 channels cannot be in 3 groups. */
@Model
final class GroupsThatDoNotDivide implements UnaryModule {
  @Layer final Conv2d stem = new Conv2d(3, 32, 3);
  @Layer final Conv2d grouped;

  GroupsThatDoNotDivide() {
    this(32, 3);
  }

  GroupsThatDoNotDivide(int channels, int groups) {
    grouped = new Conv2d(channels, channels, 3, o -> o.groups(groups));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "8", "8"}) Tensor x) {
    return grouped.forward(stem.forward(x));
  }
}
