package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ManualModule;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Modules that register their members by hand. */
@Model
final class ManualModules implements UnaryModule {
  static final class Affine extends ManualModule implements UnaryModule {
    private final Linear fc;
    private final Parameter scale;
    private final List<UnaryModule> heads = new ArrayList<>();

    Affine(int features) {
      fc = addModule("fc", new Linear(features, features));
      scale = registerParameter("scale", new Parameter(Tensor.ones(features)));
      registerBuffer("mean", Tensor.zeros(features));
      for (int i = 0; i < 2; i++) {
        heads.add(addModule("head" + i, new Linear(features + i, features + i + 1)));
      }
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = fc.forward(x).mul(scale).sub(getBuffer("mean"));
      for (UnaryModule head : heads) {
        y = head.forward(y);
      }
      return y;
    }
  }

  static final class ByHand implements UnaryModule {
    private final Linear inner = new Linear(10, 8);

    @Override
    public Structure structure() {
      return Structure.of("ByHand").add("inner", inner);
    }

    @Override
    public Tensor forward(Tensor x) {
      return inner.forward(x);
    }
  }

  @Layer final Affine affine = new Affine(8);
  @Layer final ByHand byHand = new ByHand();
  transient UnaryModule activation = Functional::relu;

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8"}) Tensor x) {
    return activation.forward(byHand.forward(affine.forward(x)));
  }
}
