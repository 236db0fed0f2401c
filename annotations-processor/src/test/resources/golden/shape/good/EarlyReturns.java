package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Ways out on configuration, on a symbol's kind, on rank, and validation by exceptions. */
@Model
final class EarlyReturns implements UnaryModule {
  private final int mode;
  @Layer final Linear one = new Linear(6, 1);
  @Layer final Linear two = new Linear(2, 2);

  EarlyReturns() {
    this(1);
  }

  EarlyReturns(int mode) {
    if (mode < 0 || mode > 2) {
      throw new IllegalArgumentException("mode must be 0 to 2, found " + mode);
    }
    this.mode = mode;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "6"}) Tensor x) {
    if (x.rank() != 2) {
      throw new IllegalStateException("two dims expected, found " + x.shape());
    }
    if (mode == 1) {
      return one.forward(x);
    }
    return two.forward(x);
  }
}
