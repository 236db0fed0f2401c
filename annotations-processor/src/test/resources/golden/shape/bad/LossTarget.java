package golden;

import dev.sardonyx.api.nn.BCEWithLogitsLoss;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;

/** Two values for each sample, one target. */
@Model
final class LossTarget implements NnModule {
  @Layer final Linear fc = new Linear(6, 2);
  @Layer final BCEWithLogitsLoss loss = new BCEWithLogitsLoss();

  @Forward
  Tensor compute(@Input({"32", "6"}) Tensor x, @Input({"32", "1"}) Tensor target) {
    return loss.forward(fc.forward(x), target);
  }
}
