package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.nn.Upsample;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** A skip of a U-Net: 57 pixels are halved to 28 and doubled to 56. */
@Model
final class CatSizes implements UnaryModule {
  @Layer final MaxPool2d pool = new MaxPool2d(2);
  @Layer final Upsample up = new Upsample(o -> o.scaleFactor(2.0));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8", "57", "57"}) Tensor x) {
    Tensor coarse = up.forward(pool.forward(x));
    return Tensor.cat(List.of(x, coarse), 1);
  }
}
