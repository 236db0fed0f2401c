package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GRUCell;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Runs eagerly only: one step after the other, as many as there are. */
@Model
final class EagerUnbind implements UnaryModule {
  @Layer final GRUCell cell = new GRUCell(3, 5);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "steps", "3"}) Tensor x) {
    List<Tensor> outputs = new ArrayList<>();
    Tensor hidden = Tensor.zeros(x.size(0).fixed(), 5);
    for (Tensor step : x.unbind(1)) {
      hidden = cell.forward(step, hidden);
      outputs.add(hidden);
    }
    return Tensor.stack(outputs, 1);
  }
}
