package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Ten steps have the numbers 0 to 9. */
@Model
final class SelectOutside implements UnaryModule {
  private static final int STEPS = 10;

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10", "3"}) Tensor x) {
    return x.select(1, STEPS);
  }
}
