package golden;

import static java.util.Map.entry;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A Sequential in a Sequential, both with names. */
@Model
final class SequentialOfEntries implements UnaryModule {
  @Layer final Sequential net =
      new Sequential(
          entry("stem", new Conv2d(3, 8, 3)),
          entry(
              "body",
              new Sequential(
                  entry("norm", new BatchNorm2d(8)), entry("conv", new Conv2d(16, 16, 3)))));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "32", "32"}) Tensor x) {
    Tensor y = net.forward(x);
    return y.mean(2, 3);
  }
}
