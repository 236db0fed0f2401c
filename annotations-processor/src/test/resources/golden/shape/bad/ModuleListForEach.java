package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The third pass of the loop fails: its layer takes 48 features, 64 come. */
@Model
final class ModuleListForEach implements UnaryModule {
  @Layer final ModuleList<UnaryModule> layers =
      new ModuleList<>(
          new Linear(32, 48), new Linear(48, 64), new Linear(48, 32), new Linear(32, 32));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "32"}) Tensor x) {
    for (UnaryModule layer : layers) {
      x = Functional.gelu(layer.forward(x));
    }
    return x;
  }
}
