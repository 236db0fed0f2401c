package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The window ends behind the last step. */
@Model
final class NarrowOutside implements UnaryModule {
  @Forward
  @Override
  public Tensor forward(@Input({"batch", "16"}) Tensor x) {
    Tensor window = x.narrow(1, 10, 8);
    return window.mean(1);
  }
}
