package dev.sardonyx.models;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.tensor.Tensor;

/** Two branches, one with numbered and one with named layers, and two outputs. */
@Model(describedAs = "MyModel")
public final class MyModel implements NnModule {
  @Layer
  final Sequential layer1 =
      new Sequential(new Conv2d(1, 20, 5), new ReLU(), new Conv2d(20, 64, 5), new ReLU());

  @Layer
  final Sequential layer2 =
      new Sequential()
          .add("convolution_layer_1", new Conv2d(1, 20, 5))
          .add("activation_1", new ReLU())
          .add("convolution_layer_2", new Conv2d(20, 64, 5))
          .add("activation_2", new ReLU());

  /** What the branches give. */
  public record Branches(Tensor output0, Tensor output1) {}

  @Forward
  public Branches forward(@Input({"batch", "1", "28", "28"}) Tensor x) {
    return new Branches(layer1.forward(x), layer2.forward(x));
  }
}
