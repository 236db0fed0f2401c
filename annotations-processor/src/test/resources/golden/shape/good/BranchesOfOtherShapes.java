package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** After a condition that nobody knows, the shape is one of two; the layer is right for both. */
@Model
final class BranchesOfOtherShapes implements UnaryModule {
  @Layer final Linear wide = new Linear(8, 12);
  @Layer final Linear narrow = new Linear(8, 6);
  @Layer final Linear afterWide = new Linear(12, 3);
  @Layer final Linear afterNarrow = new Linear(6, 3);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8"}) Tensor x) {
    boolean big = System.getenv("BIG") != null;
    Tensor hidden = big ? wide.forward(x) : narrow.forward(x);
    if (big) {
      return afterWide.forward(hidden);
    }
    return afterNarrow.forward(hidden);
  }
}
