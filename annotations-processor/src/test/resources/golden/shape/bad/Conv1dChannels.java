package golden;

import dev.sardonyx.api.nn.Conv1d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.MaxPool1d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Audio of one channel into a layer for two. */
@Model
final class Conv1dChannels implements UnaryModule {
  @Layer final Conv1d conv = new Conv1d(2, 16, 9, 4, 0);
  @Layer final MaxPool1d pool = new MaxPool1d(4);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "samples"}) Tensor wave) {
    return pool.forward(conv.forward(wave).sigmoid());
  }
}
