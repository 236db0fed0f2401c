package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Only dims of size 1 can be expanded. */
@Model
final class ExpandSizes implements UnaryModule {
  @Forward
  @Override
  public Tensor forward(@Input({"3", "1", "5"}) Tensor x) {
    return x.expand(3, 4, 10);
  }
}
