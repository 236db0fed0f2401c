package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Fields and methods of the same names in a class and the one above, with super. */
final class FieldsShadowed {
  static class Base implements UnaryModule {
    protected int features = 6;
    @Layer final Linear fc = new Linear(features, width());

    int width() {
      return 3;
    }

    static String kind() {
      return "base";
    }

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "6"}) Tensor x) {
      return fc.forward(x);
    }
  }

  @Model("fields-shadowed")
  static class Heir extends Base {
    protected int features = 7;

    @Layer("own")
    final Linear head = new Linear(super.width() + 4, kind().length() - super.features + 7);

    Heir() {
      super.features++;
    }

    @Override
    int width() {
      return features + 7;
    }

    static String kind() {
      return "heir.";
    }

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "6"}) Tensor x) {
      return head.forward(super.forward(x).narrow(1, 0, 7)).narrow(1, 5, 1);
    }
  }
}
