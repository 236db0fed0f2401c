package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The decoder goes up from 64 channels, the encoder gives 128. */
@Model
final class ConvTransposeChannels implements UnaryModule {
  @Layer final Conv2d down = new Conv2d(1, 128, 2, o -> o.stride(2));
  @Layer final ConvTranspose2d up = new ConvTranspose2d(64, 32, 2, o -> o.stride(2));

  @Forward
  @Override
  public Tensor forward(@Input({"n", "1", "64", "64"}) Tensor x) {
    return up.forward(down.forward(x));
  }
}
