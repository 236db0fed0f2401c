package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;

/** Queries of 64 features, keys of 32. */
@Model
final class AttentionHeadSizes implements NnModule {
  @Layer final Linear key = new Linear(64, 32);

  @Forward
  Tensor attend(@Input({"batch", "4", "seq", "64"}) Tensor x) {
    return Functional.scaledDotProductAttention(x, key.forward(x), x);
  }
}
