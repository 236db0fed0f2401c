package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** Tensors and layers compared by identity, sets of them, and maps from them. */
@Model
final class Identities implements UnaryModule {
  @Layer final Linear fc = new Linear(4, 4);
  @Layer final Linear head = new Linear(4, 2);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    Tensor same = x;
    Map<Linear, Integer> uses = new HashMap<>();
    Linear[] order = {fc, fc, head};
    for (Linear layer : order) {
      uses.merge(layer, 1, Integer::sum);
      if (layer == head && uses.get(fc) == 2) {
        continue;
      }
      x = layer.forward(x);
    }
    if (x == same || new String("a") == "a") {
      return head.forward(head.forward(x));
    }
    return head.forward(x);
  }
}
