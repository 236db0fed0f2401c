package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Two levels down, a block is made for 16 channels, and its parent gives it 8. */
@Model
final class NestedModules implements UnaryModule {
  static final class Unit implements UnaryModule {
    @Layer final Conv2d conv;

    Unit(int channels) {
      conv = new Conv2d(channels, channels, 3, o -> o.padding(1));
    }

    @Forward
    @Override
    public Tensor forward(Tensor x) {
      return x.add(conv.forward(x));
    }
  }

  static final class Stage implements UnaryModule {
    @Layer final Unit unit1;
    @Layer final Unit unit2;

    Stage(int channels) {
      unit1 = new Unit(channels);
      unit2 = new Unit(2 * channels);
    }

    @Forward
    @Override
    public Tensor forward(Tensor x) {
      return unit2.forward(unit1.forward(x));
    }
  }

  @Layer final Stage stage = new Stage(8);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8", "32", "32"}) Tensor x) {
    return stage.forward(x);
  }
}
