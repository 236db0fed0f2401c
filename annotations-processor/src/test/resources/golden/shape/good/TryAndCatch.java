package golden;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A layer that does not fit is tried first, and the error is the way to the other. */
@Model
final class TryAndCatch implements UnaryModule {
  @Layer final Linear wide = new Linear(100, 4);
  @Layer final Linear narrow = new Linear(10, 4);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    Tensor y;
    try {
      y = wide.forward(x);
    } catch (SardonyxException error) {
      y = narrow.forward(x);
    } finally {
      x = x.neg();
    }
    return y.add(x.mean(true, 1));
  }
}
