package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Different names may be the same size, and any may be 1 and broadcast. */
@Model
final class SymbolsMayBeEqual implements NnModule {
  @Layer final Linear fc = new Linear(4, 4);

  record Result(Tensor sum, Tensor product, Tensor joined) {}

  @Forward
  Result forward(
      @Input({"batch", "left", "4"}) Tensor a,
      @Input({"batch", "right", "4"}) Tensor b,
      @Input({"features", "4"}) Tensor c) {
    Tensor sum = a.add(b);
    Tensor product = fc.forward(a).matmul(c.t()).add(1);
    return new Result(sum, product.mul(a.mean(true, -1)), Tensor.cat(List.of(a, b), 1));
  }
}
