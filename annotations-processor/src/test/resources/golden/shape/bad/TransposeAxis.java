package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Three axes have the numbers 0 to 2. */
@Model
final class TransposeAxis implements UnaryModule {
  @Forward
  @Override
  public Tensor forward(@Input({"batch", "seq", "7"}) Tensor x) {
    return x.transpose(1, 3);
  }
}
