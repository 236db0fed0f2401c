package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.RNN;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Local variables without a type. */
@Model
final class VarInference implements UnaryModule {
  @Layer final RNN rnn = new RNN(5, 7, o -> o.batchFirst(true));
  @Layer final Linear fc = new Linear(5, 2);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "steps", "5"}) Tensor x) {
    final var result = rnn.forward(x);
    var last = result.output().select(1, -1);
    return fc.forward(last);
  }
}
