package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GRUCell;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The cell is fed with its own output, which is wider than its input. */
@Model
final class GruCellLoop implements UnaryModule {
  @Layer final GRUCell cell = new GRUCell(8, 16);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8"}) Tensor x) {
    Tensor h = x;
    for (int step = 0; step < 3; step++) {
      h = cell.forward(h);
    }
    return h;
  }
}
