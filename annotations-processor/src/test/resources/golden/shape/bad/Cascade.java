package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** One wrong number: what comes after it fits what the layer would have given. */
@Model
final class Cascade implements UnaryModule {
  @Layer final Linear fc1 = new Linear(783, 100);
  @Layer final Linear fc2 = new Linear(100, 50);
  @Layer final Linear fc3 = new Linear(50, 10);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "784"}) Tensor x) {
    Tensor a = Functional.relu(fc1.forward(x));
    Tensor b = Functional.relu(fc2.forward(a));
    return fc3.forward(b).add(a.mean(true, 1)).softmax(-1);
  }
}
