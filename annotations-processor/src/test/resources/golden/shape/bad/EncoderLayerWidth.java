package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** One layer alone, with too few features. */
@Model
final class EncoderLayerWidth implements UnaryModule {
  @Layer final TransformerEncoderLayer block =
      new TransformerEncoderLayer(32, 4, o -> o.dimFeedforward(64));

  @Forward
  @Override
  public Tensor forward(@Input({"seq", "batch", "30"}) Tensor x) {
    return block.forward(x);
  }
}
