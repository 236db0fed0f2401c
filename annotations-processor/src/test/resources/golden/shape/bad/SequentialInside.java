package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The mistake is within the Sequential: its third member takes 64 features, not 32. */
@Model
final class SequentialInside implements UnaryModule {
  @Layer final Sequential net =
      new Sequential(new Linear(16, 64), new ReLU(), new Linear(32, 8), new Tanh());

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "16"}) Tensor x) {
    return net.forward(x);
  }
}
