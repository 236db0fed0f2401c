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

/** A loop over steps that keeps its state in fields of an own class. */
@Model
final class StatefulDecoder implements UnaryModule {
  private static final class State {
    private Tensor hidden;
    private final List<Tensor> steps = new ArrayList<>();

    State(Tensor hidden) {
      this.hidden = hidden;
    }

    void next(Tensor hidden) {
      this.hidden = hidden;
      steps.add(hidden.unsqueeze(1));
    }
  }

  @Layer final GRUCell cell = new GRUCell(6, 6);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "5", "6"}) Tensor x) {
    State state = new State(x.select(1, 0));
    for (long step = 1; step < x.size(1).fixed(); step++) {
      state.next(cell.forward(x.select(1, step), state.hidden));
    }
    return Tensor.cat(state.steps, 1);
  }
}
