package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The image is halved on one way of the block only. */
@Model
final class ResidualWithoutDownsample implements UnaryModule {
  @Layer final Conv2d conv1 = new Conv2d(16, 32, 3, o -> o.stride(2).padding(1));
  @Layer final Conv2d conv2 = new Conv2d(32, 32, 3, o -> o.padding(1));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "16", "28", "28"}) Tensor x) {
    Tensor out = Functional.relu(conv1.forward(x));
    out = conv2.forward(out);
    return Functional.relu(out.add(x));
  }
}
