package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Half of the features are the gate, the other half goes on: 12, not 24. */
@Model
final class ChunkWidth implements UnaryModule {
  @Layer final Linear both = new Linear(10, 24);
  @Layer final Linear out = new Linear(24, 10);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    List<Tensor> parts = both.forward(x).chunk(2, 1);
    Tensor gate = parts.get(1).sigmoid();
    return out.forward(gate.mul(parts.getFirst()));
  }
}
