package dev.sardonyx.models;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Two convolutions with pools, then two linear layers: digits of 28 x 28 pixels to 10 classes. */
@Model(describedAs = "PyTorchSimpleCNN")
public final class SimpleCnn implements UnaryModule {
  @Layer final Conv2d conv1 = new Conv2d(1, 32, 3, o -> o.padding(1));
  @Layer final ReLU relu1 = new ReLU();
  @Layer final MaxPool2d pool1 = new MaxPool2d(2, 2);
  @Layer final Conv2d conv2 = new Conv2d(32, 64, 3, o -> o.padding(1));
  @Layer final ReLU relu2 = new ReLU();
  @Layer final MaxPool2d pool2 = new MaxPool2d(2, 2);
  @Layer final Linear fc1 = new Linear(64 * 7 * 7, 128);
  @Layer final ReLU relu3 = new ReLU();
  @Layer final Linear fc2;

  public SimpleCnn() {
    this(10);
  }

  public SimpleCnn(int classes) {
    fc2 = new Linear(128, classes);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "28", "28"}) Tensor x) {
    x = pool1.forward(relu1.forward(conv1.forward(x)));
    x = pool2.forward(relu2.forward(conv2.forward(x)));
    x = x.view(x.size(0), -1);
    x = relu3.forward(fc1.forward(x));
    return fc2.forward(x);
  }
}
