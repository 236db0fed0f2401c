package golden;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The factory's arguments are exchanged at one of its calls. */
@Model
final class FactoryMethod implements UnaryModule {
  @Layer final Sequential block1 = block(3, 12, true);
  @Layer final Sequential block2 = block(24, 12, false);

  private static Sequential block(int inChannels, int outChannels, boolean norm) {
    Sequential result = new Sequential(new Conv2d(inChannels, outChannels, 3, 1, 1));
    if (norm) {
      result.append(new BatchNorm2d(outChannels));
    }
    return result.append(new ReLU(true));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "64", "64"}) Tensor x) {
    x = block1.forward(x);
    return block2.forward(x);
  }
}
