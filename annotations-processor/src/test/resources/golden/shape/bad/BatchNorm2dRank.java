package golden;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A norm of images behind the flatten. */
@Model
final class BatchNorm2dRank implements UnaryModule {
  @Layer final Conv2d conv = new Conv2d(3, 6, 5);
  @Layer final Flatten flatten = new Flatten();
  @Layer final BatchNorm2d norm = new BatchNorm2d(6);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "8", "8"}) Tensor x) {
    return norm.forward(flatten.forward(conv.forward(x)));
  }
}
