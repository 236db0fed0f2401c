package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.PixelShuffle;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A factor of 3 needs a multiple of 9 channels. */
@Model
final class PixelShuffleChannels implements UnaryModule {
  @Layer final Conv2d conv = new Conv2d(1, 8, 3, o -> o.padding(1));
  @Layer final PixelShuffle shuffle = new PixelShuffle(3);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "h", "w"}) Tensor x) {
    return shuffle.forward(conv.forward(x));
  }
}
