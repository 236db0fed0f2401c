package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Whatever the environment says, the layer does not fit. */
@Model
final class BothBranches implements UnaryModule {
  @Layer final Linear small = new Linear(10, 5);
  @Layer final Linear large = new Linear(11, 5);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "12"}) Tensor x) {
    if (System.getenv("SMALL") != null) {
      return small.forward(x);
    } else {
      return large.forward(x);
    }
  }
}
