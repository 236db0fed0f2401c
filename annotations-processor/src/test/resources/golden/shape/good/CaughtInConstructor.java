package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The constructor tries numbers until one is allowed. */
@Model
final class CaughtInConstructor implements UnaryModule {
  @Layer final Conv2d conv;

  CaughtInConstructor() {
    Conv2d made = null;
    for (int groups = 5; made == null; groups--) {
      int now = groups;
      try {
        made = new Conv2d(8, 8, 1, o -> o.groups(now));
      } catch (RuntimeException error) {
        made = null;
      }
    }
    conv = made;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8", "4", "4"}) Tensor x) {
    return conv.forward(x);
  }
}
