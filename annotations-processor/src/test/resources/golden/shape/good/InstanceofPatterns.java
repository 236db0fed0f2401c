package golden;

import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GRU;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Layers are asked what they are. */
@Model
final class InstanceofPatterns implements UnaryModule {
  @Layer
  final ModuleList<NnModule> layers =
      new ModuleList<>(new Linear(5, 6), new GRU(6, 7, o -> o.batchFirst(true)), new Dropout(0.5));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "seq", "5"}) Tensor x) {
    Object last = x;
    for (NnModule layer : layers) {
      if (layer instanceof Linear linear && linear.bias().isPresent()) {
        last = linear.forward(x);
      } else if (layer instanceof GRU gru) {
        last = gru.forward((Tensor) last);
      }
      if (last instanceof GRU.Output(Tensor output, var _)) {
        last = output;
      }
      if (!(layer instanceof UnaryModule unary)) {
        continue;
      }
      last = unary instanceof Dropout ? unary.forward((Tensor) last) : last;
    }
    return last instanceof Tensor tensor ? tensor : x;
  }
}
