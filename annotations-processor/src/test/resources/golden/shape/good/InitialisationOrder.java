package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Fields are zero until they are set, in the order in which they are written. */
@Model
final class InitialisationOrder implements UnaryModule {
  static int classCount = before();
  static int base = 4;

  private final int early = width();
  private int width = Integer.parseInt("6");
  @Layer final Linear fc = new Linear(early + width(), base + classCount);

  private int width() {
    return width;
  }

  private static int before() {
    return base + 1;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "6"}) Tensor x) {
    return fc.forward(x).narrow(1, 4, 1);
  }
}
