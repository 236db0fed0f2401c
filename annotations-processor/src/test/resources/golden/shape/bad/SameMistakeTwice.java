package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** One class, used twice with the same mistake inside: one error. */
@Model
final class SameMistakeTwice implements UnaryModule {
  static final class Mlp implements UnaryModule {
    @Layer final Linear fc1 = new Linear(16, 32);
    @Layer final Linear fc2 = new Linear(16, 16);

    @Forward
    @Override
    public Tensor forward(Tensor x) {
      return fc2.forward(fc1.forward(x));
    }
  }

  @Layer final Mlp left = new Mlp();
  @Layer final Mlp right = new Mlp();

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "16"}) Tensor x) {
    return left.forward(x).add(right.forward(x));
  }
}
