package golden;

import dev.sardonyx.api.nn.BatchNorm3d;
import dev.sardonyx.api.nn.Conv3d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Channels of the layer after instead of the one before. */
@Model
final class BatchNorm3dFeatures implements UnaryModule {
  @Layer final Conv3d conv = new Conv3d(1, 4, 3);
  @Layer final BatchNorm3d norm = new BatchNorm3d(8);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "depth", "32", "32"}) Tensor x) {
    return norm.forward(conv.forward(x));
  }
}
