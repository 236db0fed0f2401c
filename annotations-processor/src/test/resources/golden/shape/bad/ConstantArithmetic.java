package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Constants of another class, with arithmetic: one pool was forgotten. */
@Model
final class ConstantArithmetic implements UnaryModule {
  static final class Config {
    static final int IMAGE = 28;
    static final int CHANNELS = 8;
    static final int POOLED = IMAGE / 2;

    private Config() {}
  }

  @Layer final Conv2d conv = new Conv2d(1, Config.CHANNELS, 5, o -> o.padding(2));
  @Layer final MaxPool2d pool = new MaxPool2d(4);
  @Layer final Linear fc = new Linear(Config.CHANNELS * Config.POOLED * Config.POOLED, 10);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "28", "28"}) Tensor x) {
    Tensor features = pool.forward(conv.forward(x));
    return fc.forward(features.view(features.size(0), -1));
  }
}
