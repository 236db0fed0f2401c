package golden;

import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A part that fits nothing, but is never called, and one that is called through its type. */
@Model
final class UnusedPart implements UnaryModule {
  @Layer final Linear spare = new Linear(999, 1);
  @Layer final UnaryModule used = new Sequential(new Flatten(), new Linear(12, 3));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "4"}) Tensor x) {
    return used.forward(x).add(spare.bias().map(b -> b.sum()).orElse(Tensor.scalar(0)));
  }
}
