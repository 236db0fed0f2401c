package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Two pools make 7 x 7 of 28 x 28, so that the flattened image has 64 * 7 * 7 features. */
@Model
final class LinearAfterFlatten implements UnaryModule {
  @Layer final Conv2d conv1 = new Conv2d(1, 32, 3, o -> o.padding(1));
  @Layer final MaxPool2d pool1 = new MaxPool2d(2, 2);
  @Layer final Conv2d conv2 = new Conv2d(32, 64, 3, o -> o.padding(1));
  @Layer final MaxPool2d pool2 = new MaxPool2d(2, 2);
  @Layer final Linear fc1 = new Linear(1000, 128);
  @Layer final Linear fc2 = new Linear(128, 10);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "28", "28"}) Tensor x) {
    x = pool1.forward(Functional.relu(conv1.forward(x)));
    x = pool2.forward(Functional.relu(conv2.forward(x)));
    x = x.flatten(1);
    x = Functional.relu(fc1.forward(x));
    return fc2.forward(x);
  }
}
