package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GRU;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The head takes the features of one direction, the output has both. */
@Model
final class GruDirections implements UnaryModule {
  @Layer final GRU gru = new GRU(40, 80, o -> o.bidirectional(true));
  @Layer final Linear head = new Linear(80, 29);

  @Forward
  @Override
  public Tensor forward(@Input({"frames", "batch", "40"}) Tensor x) {
    var encoded = gru.forward(x);
    return head.forward(encoded.output()).logSoftmax(-1);
  }
}
