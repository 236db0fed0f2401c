package demo;

import static java.util.Map.entry;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.ParameterList;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Containers know the type of what they hold, and may hold containers. */
@Model
class Containers implements UnaryModule {
  @Layer final ModuleList<Linear> linears = new ModuleList<>(new Linear(2, 2), new Linear(2, 2));

  @Layer
  final ModuleDict<UnaryModule> choices =
      new ModuleDict<>(entry("relu", new ReLU()), entry("linear", new Linear(2, 2)));

  @Layer
  final ModuleList<ModuleList<? extends UnaryModule>> nested =
      new ModuleList<>(List.of(linears, new ModuleList<>(new ReLU())));

  @Layer final ParameterList weights = new ParameterList(Tensor.ones(2));

  @Override
  @Forward
  public Tensor forward(@Input({"batch", "2"}) Tensor x) {
    return choices.get("relu").forward(linears.get(0).forward(x).mul(linears.get(-1).weight()));
  }
}
