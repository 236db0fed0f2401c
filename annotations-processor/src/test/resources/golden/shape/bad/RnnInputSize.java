package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.RNN;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Steps come first by default, and the features were put second. */
@Model
final class RnnInputSize implements UnaryModule {
  @Layer final RNN rnn = new RNN(10, 20);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10", "30"}) Tensor x) {
    return rnn.forward(x).hidden().squeeze(0);
  }
}
