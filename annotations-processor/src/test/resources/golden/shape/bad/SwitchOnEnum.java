package golden;

import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.AdaptiveMaxPool2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The chosen pooling gives 4 x 4, the layer was made for 1 x 1. */
@Model
final class SwitchOnEnum implements UnaryModule {
  enum Pooling {
    GLOBAL,
    GRID
  }

  @Layer final UnaryModule pool;
  @Layer final Linear fc = new Linear(64, 10);

  SwitchOnEnum() {
    this(Pooling.GRID);
  }

  SwitchOnEnum(Pooling pooling) {
    pool =
        switch (pooling) {
          case GLOBAL -> new AdaptiveAvgPool2d(1);
          case GRID -> new AdaptiveMaxPool2d(4);
        };
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "64", "14", "14"}) Tensor x) {
    return fc.forward(pool.forward(x).flatten(1));
  }
}
