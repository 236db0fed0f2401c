package golden;

import dev.sardonyx.api.nn.CrossEntropyLoss;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** Classes of a cross entropy stand without the axis of the logits. */
@Model
final class LossClasses implements NnModule {
  @Layer final CrossEntropyLoss loss = new CrossEntropyLoss();

  @Forward
  Tensor compute(
      @Input({"8", "10", "16", "16"}) Tensor logits,
      @Input(value = {"8", "1", "16", "16"}, dtype = DType.INT64) Tensor target) {
    return loss.forward(logits, target);
  }
}
