package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Runs eagerly only: the batch must be a number here. */
@Model
final class EagerSizes implements UnaryModule {
  @Layer final Linear fc = new Linear(4, 2);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    long batch = x.size(0).fixed();
    Tensor noise = Tensor.full(0.1f, batch, 4);
    return fc.forward(x.add(noise));
  }
}
