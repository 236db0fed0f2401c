package golden;

import static java.util.Map.entry;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Tanhshrink;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** There is no "tanh", there is "tanhshrink". */
@Model
final class ModuleDictKey implements UnaryModule {
  @Layer final ModuleDict<UnaryModule> activations =
      new ModuleDict<>(entry("relu", new ReLU()), entry("tanhshrink", new Tanhshrink()));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    return activations.get("tanh").forward(x);
  }
}
