package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A setter and a counter; the layer is made when it is first needed. */
@Model
final class MutableFields implements UnaryModule {
  private int repeats = 2;
  private long calls;

  @Layer Linear fc = new Linear(3, 3);

  void widen(int features) {
    fc = new Linear(3, features);
    repeats = 1;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3"}) Tensor x) {
    calls++;
    for (int i = 0; i < repeats; i++) {
      x = fc.forward(x);
    }
    if (calls > 1_000_000) {
      widen(7);
    }
    return x;
  }
}
