package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The second layer was made for 120 features, the first gives 128. */
@Model
final class LinearAfterLinear implements UnaryModule {
  @Layer final Linear fc1 = new Linear(784, 128);
  @Layer final ReLU relu = new ReLU();
  @Layer final Linear fc2 = new Linear(120, 10, false);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "784"}) Tensor x) {
    return fc2.forward(relu.forward(fc1.forward(x)));
  }
}
