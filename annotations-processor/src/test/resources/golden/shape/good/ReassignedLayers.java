package golden;

import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A layer given up for another in the constructor, and one that is null in some configurations. */
@Model
final class ReassignedLayers implements UnaryModule {
  @Layer Linear fc = new Linear(1, 1);
  @Layer Dropout dropout;
  @Layer LayerNorm norm;

  ReassignedLayers() {
    this(6, 0, true);
  }

  ReassignedLayers(int features, double rate, boolean normed) {
    fc = new Linear(features, features);
    if (features % 2 == 0) {
      fc = new Linear(features, 2 * features, false);
    }
    dropout = rate > 0 ? new Dropout(rate) : null;
    norm = null;
    if (normed) {
      norm = new LayerNorm(2 * features);
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "6"}) Tensor x) {
    Tensor y = fc.forward(x);
    if (dropout != null) {
      y = dropout.forward(y);
    }
    return norm == null ? y : norm.forward(y);
  }
}
