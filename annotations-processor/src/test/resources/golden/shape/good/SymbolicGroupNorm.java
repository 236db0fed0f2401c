package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GroupNorm;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Groups of channels whose number is not known. */
@Model
final class SymbolicGroupNorm implements UnaryModule {
  @Layer final GroupNorm norm = new GroupNorm(2, 8);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "features"}) Tensor x) {
    return norm.forward(x).narrow(1, 0, 8);
  }
}
