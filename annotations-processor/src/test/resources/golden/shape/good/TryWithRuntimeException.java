package golden;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The same, caught by a wider type, and in a helper that is called inside. */
@Model
final class TryWithRuntimeException implements UnaryModule {
  @Layer final Linear wide = new Linear(100, 4);

  private Tensor risky(Tensor x) {
    return wide.forward(x);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    try {
      return risky(x);
    } catch (IllegalStateException | SardonyxException _) {
      return x;
    }
  }
}
