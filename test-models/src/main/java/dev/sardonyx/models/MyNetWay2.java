package dev.sardonyx.models;

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
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Blocks of named layers, given all at once. */
@Model(value = "my-net-way2", describedAs = "MyNet")
public final class MyNetWay2 implements UnaryModule {
  @Layer("conv_block")
  final Sequential convBlock =
      Sequential.of(
          named(
              "conv1", new Conv2d(3, 32, 3, 1, 1), "relu1", new ReLU(), "pool", new MaxPool2d(2)));

  @Layer("dense_block")
  final Sequential denseBlock =
      Sequential.of(
          named(
              "dense1",
              new Linear(32 * 3 * 3, 128),
              "relu2",
              new ReLU(),
              "dense2",
              new Linear(128, 10)));

  private static SequencedMap<String, UnaryModule> named(
      String name1,
      UnaryModule module1,
      String name2,
      UnaryModule module2,
      String name3,
      UnaryModule module3) {
    SequencedMap<String, UnaryModule> modules = new LinkedHashMap<>();
    modules.put(name1, module1);
    modules.put(name2, module2);
    modules.put(name3, module3);
    return modules;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "6", "6"}) Tensor x) {
    Tensor convolved = convBlock.forward(x);
    return denseBlock.forward(convolved.view(convolved.size(0), -1));
  }
}
