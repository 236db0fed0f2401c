package golden;

import dev.sardonyx.api.nn.CrossEntropyLoss;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MSELoss;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.Reduction;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** A model that gives its loss. */
@Model
final class LossesInside implements NnModule {
  @Layer final Linear fc = new Linear(12, 3);
  @Layer final CrossEntropyLoss loss = new CrossEntropyLoss(o -> o.labelSmoothing(0.1));
  @Layer final MSELoss mse = new MSELoss(Reduction.SUM);

  record Losses(Tensor classes, Tensor distance) {}

  @Forward
  Losses run(
      @Input({"batch", "12"}) Tensor x,
      @Input(value = {"batch"}, dtype = DType.INT64) Tensor target,
      @Input({"batch", "1"}) Tensor weights) {
    Tensor logits = fc.forward(x);
    return new Losses(loss.forward(logits, target), mse.forward(logits.tanh(), weights));
  }
}
