package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** The embedding was left out, so that int64 reaches a layer of floats. */
@Model
final class LinearOfTokens implements UnaryModule {
  @Layer final Linear fc = new Linear(16, 4);

  @Forward
  @Override
  public Tensor forward(@Input(value = {"batch", "16"}, dtype = DType.INT64) Tensor tokens) {
    return fc.forward(tokens);
  }
}
