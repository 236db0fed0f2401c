package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The class above calls body(), whose layer takes what came before the projection. */
final class TemplateMethod {
  abstract static class Frame implements UnaryModule {
    @Layer final Linear project;

    Frame(int inFeatures, int features) {
      project = new Linear(inFeatures, features);
    }

    abstract Tensor body(Tensor x);

    @Forward
    @Override
    public Tensor forward(@Input({"batch", "40"}) Tensor x) {
      return body(project.forward(x)).tanh();
    }
  }

  @Model("template-method")
  static final class Net extends Frame {
    @Layer final Linear hidden;

    Net() {
      super(40, 24);
      hidden = new Linear(40, 1);
    }

    @Override
    Tensor body(Tensor x) {
      return hidden.forward(x);
    }
  }
}
