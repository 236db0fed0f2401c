package golden;

import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** The embedding's weights are the head's as well, through the table of layers and by hand. */
@Model
final class WeightTying implements UnaryModule {
  @Layer final Embedding tokens = new Embedding(50, 16);
  @Layer final Linear up = new Linear(16, 16);

  @Layer("also_up")
  final Linear alsoUp = up;

  @Forward
  @Override
  public Tensor forward(@Input(value = {"batch", "seq"}, dtype = DType.INT64) Tensor x) {
    Tensor h = alsoUp.forward(up.forward(tokens.forward(x)));
    return h.matmul(tokens.weight().t());
  }
}
