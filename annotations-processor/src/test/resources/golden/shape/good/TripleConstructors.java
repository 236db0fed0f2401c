package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Statements before this(...), which is flexible since Java 25, and three constructors. */
@Model
final class TripleConstructors implements UnaryModule {
  @Layer final Linear fc;
  @Layer final Linear head;

  TripleConstructors() {
    int features = 0;
    for (String part : "4,8,12".split(",")) {
      features += Integer.parseInt(part.strip());
    }
    if (features % 2 != 0) {
      throw new IllegalStateException("odd: " + features);
    }
    this(features);
  }

  private TripleConstructors(int features) {
    this(features, features / 2);
  }

  TripleConstructors(int inputs, int hidden) {
    Linear made = new Linear(hidden, 1);
    super();
    fc = new Linear(inputs, hidden);
    head = made;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "24"}) Tensor x) {
    return head.forward(fc.forward(x));
  }
}
