package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Three blocks have the numbers 0 to 2. */
@Model
final class ModuleListIndex implements UnaryModule {
  private static final int DEPTH = 3;

  @Layer final ModuleList<Linear> blocks = new ModuleList<>();

  ModuleListIndex() {
    for (int i = 0; i < DEPTH; i++) {
      blocks.append(new Linear(6, 6));
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "6"}) Tensor x) {
    Tensor y = blocks.get(0).forward(x);
    return blocks.get(DEPTH).forward(y);
  }
}
