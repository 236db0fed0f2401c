package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

final class Heirs {
  private Heirs() {}

  /** The superclass's members are first, its forward is inherited, and a hidden field is reached. */
  @Model
  static class Heir extends Base<Scale> {
    @Layer("own")
    Parameter weight = new Parameter(Tensor.ones(2));

    Heir() {
      super(new Scale());
    }
  }

  abstract static class Base<T extends NnModule> implements UnaryModule {
    @Layer final T part;
    @Layer Parameter weight = new Parameter(Tensor.ones(2));

    Base(T part) {
      this.part = part;
    }

    @Override
    @Forward
    public Tensor forward(@Input({"batch", "2"}) Tensor x) {
      return x.mul(weight);
    }
  }

  static class Scale implements NnModule {
    @Layer Parameter factor;
  }

  /** Needs no descriptor of its own: the nearest superclass's fits. */
  static class Grandchild extends Heir {}
}
