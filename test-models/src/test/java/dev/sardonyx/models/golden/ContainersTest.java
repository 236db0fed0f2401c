package dev.sardonyx.models.golden;

import static java.util.Map.entry;

import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ManualModule;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.ParameterDict;
import dev.sardonyx.api.nn.ParameterList;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Collections;

class ContainersTest extends TorchTheme {
  ContainersTest() {
    super("containers");
    add("Nested", () -> TorchSubject.layer(new Nested()));
    add("Empty", () -> TorchSubject.layer(new Empty()));
    add("Parameters_1", () -> TorchSubject.layer(new Parameters(1)));
    add("Parameters_2", () -> TorchSubject.layer(new Parameters(2)));
    add("Registered", () -> TorchSubject.layer(new Registered()));
    add("Sequential_shared", () -> TorchSubject.layer(shared()));
    add("Sequential_grown", () -> TorchSubject.layer(grown()));
    add("Sequential_slice", () -> TorchSubject.layer(grown().slice(1, -1)));
  }

  private static final class Nested extends ManualModule implements UnaryModule {
    private final ModuleList<Sequential> rest =
        new ModuleList<>(new Sequential(new ReLU()), new Sequential());
    private final ModuleDict<NnModule> first =
        new ModuleDict<>(entry("conv", new Linear(3, 4)), entry("rest", rest));
    private final Sequential second =
        new Sequential(entry("first", new Linear(4, 4)), entry("second", new Tanh()));
    private final ModuleList<Linear> head =
        new ModuleList<>(new Linear(4, 4), new Linear(4, 4), new Linear(4, 2));

    Nested() {
      addModule("blocks", new ModuleList<NnModule>(first, second));
      addModule("head", head);
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = ((Linear) first.get("conv")).forward(x);
      for (UnaryModule layer : rest) {
        y = layer.forward(y);
      }
      y = second.forward(y);
      for (Linear layer : head) {
        y = layer.forward(y);
      }
      return y;
    }
  }

  private static final class Empty extends ManualModule implements UnaryModule {
    private final Sequential body;

    Empty() {
      addModule("modules_", new ModuleList<Linear>());
      addModule("choices", new ModuleDict<Linear>());
      body = addModule("body", new Sequential());
      addModule("weights", new ParameterList());
      addModule("named", new ParameterDict());
    }

    @Override
    public Tensor forward(Tensor x) {
      return body.forward(x).mul(2);
    }
  }

  private static final class Parameters extends ManualModule implements UnaryModule {
    private final ParameterList weights;
    private final ParameterDict named;

    Parameters(int count) {
      weights = new ParameterList(Collections.nCopies(count, Tensor.zeros(3, 3)));
      named = new ParameterDict(entry("right", Tensor.zeros(3)), entry("left", Tensor.zeros(1, 3)));
      addModule("weights", weights);
      addModule("named", named);
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = x;
      for (Parameter weight : weights) {
        y = y.matmul(weight);
      }
      return y.mul(named.get("left")).add(named.get("right"));
    }
  }

  private static final class Registered extends ManualModule implements UnaryModule {
    private final Buffer shift = registerBuffer("shift", Tensor.zeros(3));
    private final Parameter scale = registerParameter("scale", new Parameter(Tensor.zeros(3)));
    private final Linear fc = addModule("fc", new Linear(3, 3));
    private final Buffer mask =
        registerBuffer("mask", Tensor.of(new float[] {1, 0, 1}, 3), false);

    Registered() {
      registerParameter("bias");
    }

    @Override
    public Tensor forward(Tensor x) {
      return fc.forward(x).mul(scale).add(shift).mul(mask);
    }
  }

  private static Sequential shared() {
    var layer = new Linear(3, 3);
    return new Sequential(layer, new ReLU(), layer);
  }

  private static Sequential grown() {
    return new Sequential(new Linear(3, 3))
        .append(new ReLU())
        .insert(0, new Linear(3, 3))
        .add("last", new Linear(3, 2));
  }
}
