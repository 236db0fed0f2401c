package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** What the environment decides in the constructor, forward asks the field for. */
@Model
final class CorrelatedConditions implements UnaryModule {
  private final boolean deep = System.getenv("SARDONYX_DEEP") != null;
  @Layer final ModuleList<Linear> layers = new ModuleList<>();
  @Layer final Linear fc;
  private final int width;

  CorrelatedConditions() {
    layers.append(new Linear(6, 8));
    int last = 8;
    if (deep) {
      layers.append(new Linear(8, 10));
      last = 10;
    }
    width = last;
    fc = deep ? new Linear(10, 3) : new Linear(width, 3);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "6"}) Tensor x) {
    x = layers.get(0).forward(x);
    if (deep) {
      x = layers.get(1).forward(x);
    }
    return fc.forward(x.narrow(1, 0, width));
  }
}
