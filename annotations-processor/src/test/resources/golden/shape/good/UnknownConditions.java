package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The environment, the clock and chance decide; each way is right for what it is given. */
@Model
final class UnknownConditions implements UnaryModule {
  private static final boolean WIDE = Boolean.parseBoolean(System.getenv("SARDONYX_WIDE_MODEL"));
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 2);

  @Layer final Linear fc1 = new Linear(8, WIDE ? 64 : 32);
  @Layer final Linear fc2 = new Linear(WIDE ? 64 : 32, 4);
  @Layer final Linear square = new Linear(4, 4);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8"}) Tensor x) {
    Tensor y = fc2.forward(fc1.forward(x));
    for (int i = 0; i < DEPTH.get(); i++) {
      y = square.forward(y);
    }
    if (System.nanoTime() % 2 == 0) {
      y = y.neg();
    } else if (Math.random() < 0.5) {
      return y.flatten(0);
    }
    return y;
  }
}
