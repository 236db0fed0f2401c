package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.MultiheadAttention;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;

/** 100 features cannot be in 3 heads. */
@Model
final class HeadsThatDoNotDivide implements NnModule {
  @Layer final MultiheadAttention attention = new MultiheadAttention(100, 3);

  @Forward
  Tensor attend(@Input({"seq", "batch", "100"}) Tensor x) {
    return attention.forward(x, x, x).output();
  }
}
