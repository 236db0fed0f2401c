package dev.sardonyx.models;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ManualModule;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.state.LoadPolicy;
import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README says to PyTorch's users. */
class TorchHabitsTest {
  @TempDir Path folder;

  // region registered
  static final class Gated extends ManualModule implements UnaryModule {
    private final ModuleList<Linear> layers = addModule("layers", new ModuleList<>());
    private final Buffer gate = registerBuffer("gate", Tensor.ones(4), false); // persistent=False

    Gated(int depth) {
      for (int i = 0; i < depth; i++) {
        layers.append(new Linear(4, 4));
      }
    }

    @Override
    public Tensor forward(Tensor x) {
      for (Linear layer : layers) {
        x = layer.forward(x).mul(gate);
      }
      return x;
    }
  }

  // endregion

  @Test
  void modulesRegisterTheirMembers() {
    assertThat(new Gated(2).stateDict().names())
        .containsExactly("layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias");
    assertThat(new Gated(2).forward(Tensor.ones(1, 4)).shape().toString()).isEqualTo("[1, 4]");
  }

  @Test
  void weightsGoFromFilesAndToOtherModels() {
    Path file = folder.resolve("checkpoint.pth");
    new SimpleFfn().stateDict().rename(name -> "module." + name).write(file);
    Path saved = folder.resolve("ffn.safetensors");
    // region weights
    var model = new SimpleFfn();
    var policy = LoadPolicy.STRICT.stripPrefix("module."); // DataParallel's
    LoadReport report = model.load(StateDict.read(file), policy); // or throws with all that differs
    System.out.println(report); // name, ours, theirs, result
    var part = model.load(StateDict.read(file), policy.partial()); // what fits by name and shape
    new SimpleFfn().load(model.stateDict()); // from model to model
    model.stateDict().write(saved); // .pth, .safetensors or .npz
    // endregion
    assertThat(report.isComplete()).isTrue();
    assertThat(part.loaded()).hasSize(4);
    assertThat(StateDict.read(saved).names()).isEqualTo(model.stateDict().names());
  }

  @Test
  void modulesAreWalkedAsInPyTorch() {
    // region walk
    var net = new Sequential(entry("fc1", new Linear(4, 8)), entry("act", new ReLU()));
    net.append(new Linear(8, 2));
    net.getParameter("fc1.weight").requiresGrad(false); // frozen: summaries count it apart
    net.apply(module -> System.out.println(module.describe())); // children first
    long trainable = net.parameters().stream().filter(p -> p.requiresGrad()).count();
    // endregion
    assertThat(trainable).isEqualTo(3);
    assertThat(net.namedModules().keySet()).containsExactly("", "fc1", "act", "2");
  }
}
