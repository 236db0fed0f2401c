package golden;

import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The numbers come through this(...): fc2 should take hidden, not inputs. */
@Model
final class ConstructorArgument implements UnaryModule {
  @Layer final Linear fc1;
  @Layer final Dropout dropout;
  @Layer final Linear fc2;

  ConstructorArgument() {
    this(784, 128, 10, 0.2);
  }

  ConstructorArgument(int inputs, int hidden, int classes, double rate) {
    fc1 = new Linear(inputs, hidden);
    dropout = new Dropout(rate);
    fc2 = new Linear(inputs, classes);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "784"}) Tensor x) {
    return fc2.forward(dropout.forward(fc1.forward(x)));
  }
}
