package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Default and private methods of interfaces, and a static one. */
final class InterfaceDefaults {
  interface Gated extends UnaryModule {
    Linear gate();

    default Tensor gated(Tensor x) {
      return sigmoid(gate().forward(x)).mul(x);
    }

    private Tensor sigmoid(Tensor x) {
      return x.sigmoid();
    }

    static int features() {
      return 9;
    }
  }

  @Model("interface-defaults")
  static final class Net implements Gated {
    @Layer("gate")
    final Linear gateLayer = new Linear(Gated.features(), Gated.features());

    @Override
    public Linear gate() {
      return gateLayer;
    }

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "9"}) Tensor x) {
      return gated(x);
    }
  }
}
