package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The second of three layers does not fit the first. */
@Model
final class ModuleListByIndex implements UnaryModule {
  @Layer final ModuleList<Linear> layers =
      new ModuleList<>(new Linear(10, 20), new Linear(10, 30), new Linear(30, 1));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    Tensor first = layers.get(0).forward(x).tanh();
    Tensor second = layers.get(1).forward(first).tanh();
    return layers.get(-1).forward(second);
  }
}
