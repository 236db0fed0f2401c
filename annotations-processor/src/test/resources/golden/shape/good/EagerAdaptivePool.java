package golden;

import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Runs eagerly, or with fixed dims: an adaptive pool to 4 x 4 of an image of any size. */
@Model
final class EagerAdaptivePool implements UnaryModule {
  @Layer final AdaptiveAvgPool2d pool = new AdaptiveAvgPool2d(4);
  @Layer final Linear fc = new Linear(3 * 4 * 4, 2);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "height", "width"}) Tensor x) {
    return fc.forward(pool.forward(x).flatten(1));
  }
}
