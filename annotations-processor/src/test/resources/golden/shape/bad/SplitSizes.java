package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** 3 * 64 are 192, not 190. */
@Model
final class SplitSizes implements NnModule {
  @Layer final Linear qkv = new Linear(64, 190);

  record Parts(Tensor query, Tensor key, Tensor value) {}

  @Forward
  Parts forward(@Input({"batch", "seq", "64"}) Tensor x) {
    List<Tensor> parts = qkv.forward(x).split(new long[] {64, 64, 64}, -1);
    return new Parts(parts.get(0), parts.get(1), parts.get(2));
  }
}
