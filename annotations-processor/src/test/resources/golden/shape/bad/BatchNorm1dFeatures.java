package golden;

import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The norm after a linear layer has its inputs' size instead of its outputs'. */
@Model
final class BatchNorm1dFeatures implements UnaryModule {
  @Layer final Linear fc = new Linear(20, 50);
  @Layer final BatchNorm1d norm = new BatchNorm1d(20);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "20"}) Tensor x) {
    return norm.forward(fc.forward(x));
  }
}
