package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Inner classes see the fields of the model around them; an anonymous one makes layers. */
@Model
final class InnerClasses implements UnaryModule {
  private final int features = 12;

  abstract class Maker {
    abstract int outputs();

    Linear make() {
      return new Linear(features, outputs());
    }
  }

  final class Scaler {
    private final double factor;

    Scaler(double factor) {
      this.factor = factor;
    }

    Tensor apply(Tensor x) {
      return x.mul(factor / features);
    }
  }

  @Layer
  final Linear fc =
      new Maker() {
        @Override
        int outputs() {
          return features / 2;
        }
      }.make();

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "12"}) Tensor x) {
    Scaler scaler = this.new Scaler(3);
    return scaler.apply(fc.forward(x));
  }
}
