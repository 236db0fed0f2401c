package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GRU;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A bidirectional network gives twice its features. */
@Model
final class TernaryWidth implements UnaryModule {
  private static final boolean BIDIRECTIONAL = true;

  @Layer final GRU gru = new GRU(16, 32, o -> o.batchFirst(true).bidirectional(BIDIRECTIONAL));
  @Layer final Linear fc = new Linear(BIDIRECTIONAL ? 32 : 64, 5);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "seq", "16"}) Tensor x) {
    GRU.Output result = gru.forward(x);
    return fc.forward(result.output());
  }
}
