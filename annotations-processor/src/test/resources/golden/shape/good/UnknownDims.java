package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Index;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Shapes that contents decide: what is not known is not wrong. */
@Model
final class UnknownDims implements UnaryModule {
  @Layer final Linear fc = new Linear(4, 4);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "seq", "4"}) Tensor x) {
    Tensor cut = x.get(Index.ellipsis(), Index.range(1, 1000), Index.all());
    Tensor strided = x.get(Index.all(), Index.step(3));
    Tensor joined = Tensor.cat(List.of(cut, strided, x), 1);
    Tensor y = fc.forward(joined).reshape(-1, 2, 2);
    return y.sum(0).matmul(Tensor.eye(2));
  }
}
