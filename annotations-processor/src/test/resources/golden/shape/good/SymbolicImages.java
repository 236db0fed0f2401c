package golden;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.PixelShuffle;
import dev.sardonyx.api.nn.Unflatten;
import dev.sardonyx.api.tensor.Tensor;

/** Kernels that may be larger than the image, channels that may be right. */
@Model
final class SymbolicImages implements NnModule {
  @Layer final Conv2d conv = new Conv2d(4, 8, 5, o -> o.groups(2));
  @Layer final BatchNorm2d norm = new BatchNorm2d(4);
  @Layer final PixelShuffle shuffle = new PixelShuffle(2);
  @Layer final ConvTranspose2d up = new ConvTranspose2d(4, 4, 3);
  @Layer final MaxPool2d pool = new MaxPool2d(7);
  @Layer final Unflatten unflatten = new Unflatten(1, 2, 2);

  record Result(Tensor conv, Tensor norm, Tensor shuffled, Tensor up, Tensor pooled, Tensor parts) {}

  @Forward
  Result run(@Input({"batch", "channels", "height", "width"}) Tensor x) {
    return new Result(
        conv.forward(x),
        norm.forward(x),
        shuffle.forward(x),
        up.forward(x).add(x.mean(true, 2, 3)),
        pool.forward(x).flatten(1),
        unflatten.forward(x));
  }
}
