package dev.sardonyx.models;

import static java.util.Map.entry;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Blocks of named layers, given all at once. */
@Model(value = "my-net-way2", describedAs = "MyNet")
public final class MyNetWay2 implements UnaryModule {
  @Layer("conv_block")
  final Sequential convBlock =
      new Sequential(
          entry("conv1", new Conv2d(3, 32, 3, 1, 1)),
          entry("relu1", new ReLU()),
          entry("pool", new MaxPool2d(2)));

  @Layer("dense_block")
  final Sequential denseBlock =
      new Sequential(
          entry("dense1", new Linear(32 * 3 * 3, 128)),
          entry("relu2", new ReLU()),
          entry("dense2", new Linear(128, 10)));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "6", "6"}) Tensor x) {
    Tensor convolved = convBlock.forward(x);
    return denseBlock.forward(convolved.view(convolved.size(0), -1));
  }
}
