package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** y is assigned anew before it reaches the second layer. */
@Model
final class ReassignedLocal implements UnaryModule {
  @Layer final Linear down = new Linear(30, 15);
  @Layer final Linear up = new Linear(30, 15);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "30"}) Tensor x) {
    Tensor y = x.neg();
    y = y.add(1);
    y = down.forward(y);
    Tensor z = y;
    return up.forward(z);
  }
}
