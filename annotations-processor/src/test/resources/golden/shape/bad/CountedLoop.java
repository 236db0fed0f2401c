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

/** Each layer of the pyramid halves its width, but the last is not counted. */
@Model
final class CountedLoop implements UnaryModule {
  @Layer final ModuleList<Linear> layers = new ModuleList<>();
  @Layer final Linear head;

  CountedLoop() {
    int width = 256;
    for (int i = 0; i < 4; i++, width /= 2) {
      layers.append(new Linear(width, width / 2));
    }
    head = new Linear(width * 2, 10);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "256"}) Tensor x) {
    for (int i = 0; i < layers.size(); i++) {
      x = Functional.relu(layers.get(i).forward(x));
    }
    return head.forward(x);
  }
}
