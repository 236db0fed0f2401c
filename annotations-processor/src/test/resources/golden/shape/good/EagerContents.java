package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Runs eagerly only: the contents decide. */
@Model
final class EagerContents implements UnaryModule {
  @Layer final Linear cold = new Linear(4, 2);
  @Layer final Linear warm = new Linear(4, 2);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    float mean = x.mean().floats()[0];
    if (mean > 0) {
      return warm.forward(x);
    }
    int repeats = (int) (mean * mean) + 1;
    Tensor y = x;
    for (int i = 0; i < repeats; i++) {
      y = y.abs();
    }
    return cold.forward(y);
  }
}
