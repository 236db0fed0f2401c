package dev.sardonyx.models;

import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Two linear layers with a ReLU and dropout between: digits of 28 x 28 pixels to 10 classes. */
@Model(describedAs = "PyTorchSimpleFFN")
public final class SimpleFfn implements UnaryModule {
  @Layer final Linear fc1;
  @Layer final ReLU relu = new ReLU();
  @Layer final Dropout dropout;
  @Layer final Linear fc2;

  public SimpleFfn() {
    this(784, 128, 10, 0.2);
  }

  public SimpleFfn(int inputSize, int hiddenSize, int classes, double dropoutRate) {
    fc1 = new Linear(inputSize, hiddenSize);
    dropout = new Dropout(dropoutRate);
    fc2 = new Linear(hiddenSize, classes);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "784"}) Tensor x) {
    return fc2.forward(dropout.forward(relu.forward(fc1.forward(x))));
  }
}
