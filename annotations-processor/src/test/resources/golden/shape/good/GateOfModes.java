package golden;

import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Training mode is asked for, and never so when the model is compiled. */
@Model
final class GateOfModes implements UnaryModule {
  @Layer final Dropout dropout = new Dropout(0.3);
  @Layer final BatchNorm1d norm = new BatchNorm1d(9);
  @Layer final Linear fc = new Linear(9, 9);
  private boolean training;

  @Override
  public void onModeChange(boolean training) {
    this.training = training;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "9"}) Tensor x) {
    if (training) {
      return fc.forward(dropout.forward(x.flatten(0)));
    }
    return isTraining() ? x.t() : norm.forward(fc.forward(x));
  }
}
