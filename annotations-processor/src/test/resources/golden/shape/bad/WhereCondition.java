package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The condition of where is bool; this one is float32. */
@Model
final class WhereCondition implements UnaryModule {
  @Forward
  @Override
  public Tensor forward(@Input({"batch", "9"}) Tensor x) {
    Tensor mask = x.sign();
    return Tensor.where(mask, x, x.exp());
  }
}
