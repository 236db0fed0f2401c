package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** What is wrong is never run: behind false, behind a known flag, behind a return. */
@Model
final class DeadCode implements UnaryModule {
  private static final boolean DEBUG = false;

  private final boolean experimental;
  @Layer final Linear fc = new Linear(10, 4);

  DeadCode() {
    this(false);
  }

  DeadCode(boolean experimental) {
    this.experimental = experimental;
  }

  private Tensor unused(Tensor x) {
    return fc.forward(fc.forward(x));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    Tensor y = fc.forward(x);
    if (DEBUG) {
      y = fc.forward(y);
    }
    if (false) {
      y = unused(y);
    }
    if (experimental && y.rank() == 2 || experimental) {
      y = fc.forward(y);
    }
    while (experimental) {
      y = unused(y);
    }
    return y;
  }
}
