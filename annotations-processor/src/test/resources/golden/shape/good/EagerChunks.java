package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Runs eagerly, or with fixed dims: two parts of a length that is not known. */
@Model
final class EagerChunks implements UnaryModule {
  @Forward
  @Override
  public Tensor forward(@Input({"batch", "length"}) Tensor x) {
    List<Tensor> halves = x.split(x.size(1).fixed() / 2, 1);
    return halves.get(0).sub(halves.get(1));
  }
}
