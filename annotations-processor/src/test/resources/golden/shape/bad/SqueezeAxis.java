package golden;

import dev.sardonyx.api.nn.AdaptiveAvgPool1d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The pooled features have two axes left. */
@Model
final class SqueezeAxis implements UnaryModule {
  @Layer final AdaptiveAvgPool1d pool = new AdaptiveAvgPool1d(1);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "5", "length"}) Tensor x) {
    Tensor pooled = pool.forward(x).squeeze(2);
    return pooled.squeeze(2);
  }
}
