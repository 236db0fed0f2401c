package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The configuration is known: the short way is not taken. */
@Model
final class LazyEarlyReturn implements UnaryModule {
  private final boolean shallow;

  @Layer final Linear fc1 = new Linear(10, 8);
  @Layer final Linear fc2 = new Linear(10, 4);

  LazyEarlyReturn() {
    shallow = false;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    Tensor y = fc1.forward(x);
    if (shallow) {
      return y;
    }
    return fc2.forward(y);
  }
}
