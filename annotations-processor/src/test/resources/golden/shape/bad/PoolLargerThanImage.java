package golden;

import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A pool of 8 pixels on an image of 7. */
@Model
final class PoolLargerThanImage implements UnaryModule {
  @Layer final AvgPool2d pool = new AvgPool2d(8);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "512", "7", "7"}) Tensor x) {
    return pool.forward(x).flatten(1);
  }
}
