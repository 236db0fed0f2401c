package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.EnumMap;

/** Enums with fields, abstract methods and a map keyed by them. */
@Model
final class SwitchOnEnums implements UnaryModule {
  enum Size {
    SMALL(16) {
      @Override
      UnaryModule head(int features) {
        return new Linear(features, 2);
      }
    },
    LARGE(64) {
      @Override
      UnaryModule head(int features) {
        return new Sequential(new Linear(features, features), new ReLU(), new Linear(features, 2));
      }
    };

    final int features;

    Size(int features) {
      this.features = features;
    }

    abstract UnaryModule head(int features);

    int twice() {
      return 2 * features;
    }
  }

  private final EnumMap<Size, Integer> widths = new EnumMap<>(Size.class);
  @Layer final Linear stem;
  @Layer final UnaryModule head;

  SwitchOnEnums() {
    this(Size.LARGE);
  }

  SwitchOnEnums(Size size) {
    for (Size each : Size.values()) {
      widths.put(each, each.twice());
    }
    int width =
        switch (size) {
          case SMALL -> widths.get(Size.SMALL);
          case LARGE -> widths.get(Size.LARGE);
        };
    stem = new Linear(4, width);
    head = size.head(width);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    return head.forward(stem.forward(x));
  }
}
