package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A slope for each of 16 channels, where 32 come. */
@Model
final class PReLuParameters implements UnaryModule {
  @Layer final Conv2d conv = new Conv2d(3, 32, 3);
  @Layer final PReLU act = new PReLU(16);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "12", "12"}) Tensor x) {
    return act.forward(conv.forward(x));
  }
}
