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

/** Convolutions and pools as single fields; the size of dense1 follows from the image's side. */
@Model
public final class MyNet implements UnaryModule {
  @Layer final Conv2d conv1 = new Conv2d(3, 32, 3, 1, 1);
  @Layer final ReLU relu1 = new ReLU();

  @Layer("max_pooling1")
  final MaxPool2d maxPooling1 = new MaxPool2d(2, 1);

  @Layer final Conv2d conv2 = new Conv2d(32, 32, 3, 1, 1);
  @Layer final ReLU relu2 = new ReLU();

  @Layer("max_pooling2")
  final MaxPool2d maxPooling2 = new MaxPool2d(2, 1);

  @Layer final Linear dense1;
  @Layer final Linear dense2 = new Linear(128, 10);

  public MyNet() {
    this(32);
  }

  /** For images of {@code side} x {@code side} pixels. */
  public MyNet(int side) {
    dense1 = new Linear(32 * (side - 2) * (side - 2), 128);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "32", "32"}) Tensor x) {
    x = maxPooling1.forward(relu1.forward(conv1.forward(x)));
    x = maxPooling2.forward(relu2.forward(conv2.forward(x)));
    x = x.view(x.size(0), -1);
    return dense2.forward(dense1.forward(x));
  }
}
