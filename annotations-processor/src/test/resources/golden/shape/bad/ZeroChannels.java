package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A width multiplier that rounds down to nothing. */
@Model
final class ZeroChannels implements UnaryModule {
  private static final double WIDTH = 0.1;

  @Layer final Conv2d conv = new Conv2d(3, (int) (8 * WIDTH), 3);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "8", "8"}) Tensor x) {
    return conv.forward(x);
  }
}
