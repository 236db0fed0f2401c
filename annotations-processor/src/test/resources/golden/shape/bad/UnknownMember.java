package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** One layer of a list is not known; the mistake lies in a layer that is. */
@Model
final class UnknownMember implements UnaryModule {
  @Layer final ModuleList<Linear> layers;
  @Layer final Linear head = new Linear(5, 4);

  UnknownMember() {
    int width = Integer.parseInt(System.getProperty("golden.width", "4"));
    layers = new ModuleList<>(List.of(new Linear(4, 4), new Linear(width, 4)));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    return head.forward(x).add(layers.get(0).forward(x));
  }
}
