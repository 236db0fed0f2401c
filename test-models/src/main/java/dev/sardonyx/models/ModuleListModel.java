package dev.sardonyx.models;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.stream.IntStream;

/** Ten linear layers in a list; a Java loop over them is unrolled by the trace. */
@Model(value = "module-list", describedAs = "MyModule")
public final class ModuleListModel implements UnaryModule {
  @Layer
  final ModuleList<Linear> linears =
      new ModuleList<>(IntStream.range(0, 10).mapToObj(_ -> new Linear(10, 10)).toList());

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    for (int i = 0; i < linears.size(); i++) {
      x = linears.get(i / 2).forward(x).add(linears.get(i).forward(x));
    }
    return x;
  }
}
