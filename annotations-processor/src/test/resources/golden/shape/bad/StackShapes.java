package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Only tensors of one shape can be stacked. */
@Model
final class StackShapes implements UnaryModule {
  @Layer final Linear mean = new Linear(12, 4);
  @Layer final Linear deviation = new Linear(12, 5);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "12"}) Tensor x) {
    Tensor a = mean.forward(x);
    Tensor b = deviation.forward(x).exp();
    return Tensor.stack(List.of(a, b), 1);
  }
}
