package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The mistake is in a helper method, which forward calls. */
@Model
final class HelperMethod implements UnaryModule {
  @Layer final Linear key = new Linear(48, 48);
  @Layer final Linear value = new Linear(64, 48);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "seq", "48"}) Tensor x) {
    return gated(x, 0.5);
  }

  private Tensor gated(Tensor input, double scale) {
    Tensor gate = key.forward(input).sigmoid();
    return value.forward(input).mul(gate).mul(scale);
  }
}
