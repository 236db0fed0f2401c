package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A part whose numbers nobody gives: no constructor without arguments, and no use here. */
final class UnknownConstructor implements UnaryModule {
  @Layer final Linear fc1;
  @Layer final Linear fc2;

  UnknownConstructor(int inputs, int hidden, int classes) {
    fc1 = new Linear(inputs, hidden);
    fc2 = new Linear(hidden, classes);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "784"}) Tensor x) {
    return fc2.forward(fc1.forward(x));
  }
}
