package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;

/** Keys are not transposed. */
@Model
final class MatmulInner implements NnModule {
  @Forward
  Tensor attend(
      @Input({"batch", "8", "10", "64"}) Tensor query,
      @Input({"batch", "8", "20", "64"}) Tensor key) {
    Tensor scores = query.matmul(key).div(8);
    return scores.softmax(-1);
  }
}
