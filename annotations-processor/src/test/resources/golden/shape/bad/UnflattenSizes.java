package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.nn.Unflatten;
import dev.sardonyx.api.tensor.Tensor;

/** 16 * 5 * 5 is 400. */
@Model
final class UnflattenSizes implements UnaryModule {
  @Layer final Linear fc = new Linear(20, 420);
  @Layer final Unflatten unflatten = new Unflatten(1, 16, 5, 5);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "20"}) Tensor x) {
    return unflatten.forward(fc.forward(x));
  }
}
