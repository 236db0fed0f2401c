package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A matrix has no axis 2. */
@Model
final class SoftmaxAxis implements UnaryModule {
  @Layer final Softmax softmax = new Softmax(2);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    return softmax.forward(x);
  }
}
