package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The first use fits, the second does not. */
@Model
final class SharedLayer implements UnaryModule {
  @Layer final Linear shared = new Linear(14, 7);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "14"}) Tensor x) {
    Tensor y = shared.forward(x);
    return shared.forward(y);
  }
}
