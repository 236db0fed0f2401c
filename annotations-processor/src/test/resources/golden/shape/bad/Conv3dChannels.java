package golden;

import dev.sardonyx.api.nn.Conv3d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A volume of 4 channels into a layer for 1. */
@Model
final class Conv3dChannels implements UnaryModule {
  @Layer final Conv3d conv = new Conv3d(1, 8, 3);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4", "16", "32", "32"}) Tensor scan) {
    return conv.forward(scan);
  }
}
