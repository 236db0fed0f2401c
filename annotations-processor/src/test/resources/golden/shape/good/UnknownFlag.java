package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** What is wrong is behind a flag that nobody knows: it may never be run. */
@Model
final class UnknownFlag implements UnaryModule {
  @Layer final Linear fc = new Linear(10, 4);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    Tensor y = fc.forward(x);
    if (System.getenv("SARDONYX_NOBODY_SETS_THIS") != null) {
      y = fc.forward(y);
    }
    return System.getenv("SARDONYX_NOR_THIS") == null ? y : fc.forward(y);
  }
}
