package dev.sardonyx.models;

import static java.util.Map.entry;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LeakyReLU;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Layers by name; which of them run is the model's configuration. */
@Model(value = "module-dict", describedAs = "MyModule")
public final class ModuleDictModel implements UnaryModule {
  @Layer
  final ModuleDict<UnaryModule> choices =
      new ModuleDict<>(entry("conv", new Conv2d(10, 10, 3)), entry("pool", new MaxPool2d(3)));

  @Layer
  final ModuleDict<UnaryModule> activations =
      new ModuleDict<>(entry("lrelu", new LeakyReLU()), entry("prelu", new PReLU()));

  private final String choice;
  private final String activation;

  public ModuleDictModel() {
    this("conv", "prelu");
  }

  public ModuleDictModel(String choice, String activation) {
    this.choice = choice;
    this.activation = activation;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10", "height", "width"}) Tensor x) {
    return activations.get(activation).forward(choices.get(choice).forward(x));
  }
}
