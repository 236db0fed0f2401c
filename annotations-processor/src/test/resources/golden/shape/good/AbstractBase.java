package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A base class with a template method, whose constructor calls what the subclass overrides. */
final class AbstractBase {
  abstract static class Frame implements UnaryModule {
    @Layer final Linear project;
    private final String name;

    Frame(int inFeatures) {
      project = new Linear(inFeatures, features());
      name = getClass().getSimpleName();
    }

    int features() {
      return 10;
    }

    abstract Tensor body(Tensor x);

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "40"}) Tensor x) {
      Tensor y = body(project.forward(x));
      return name.isEmpty() ? y : y.tanh();
    }
  }

  @Model("abstract-base")
  static final class Net extends Frame {
    @Layer final Linear hidden = new Linear(24, 1);

    Net() {
      super(40);
    }

    @Override
    int features() {
      return 24;
    }

    @Override
    Tensor body(Tensor x) {
      return hidden.forward(x);
    }
  }
}
