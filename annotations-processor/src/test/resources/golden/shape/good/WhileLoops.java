package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Random;

/** Loops whose ends nobody knows before the run. */
@Model
final class WhileLoops implements UnaryModule {
  private final Random random = new Random();

  @Layer final Linear same = new Linear(5, 5);
  @Layer final Linear halve = new Linear(64, 64);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "5"}) Tensor x) {
    Tensor y = x;
    while (random.nextInt(10) > 5) {
      y = same.forward(y);
    }
    int size = 64;
    do {
      size /= 2;
    } while (size > 5);
    while (size < 5) {
      size++;
      if (random.nextBoolean()) {
        continue;
      }
      y = same.forward(y);
    }
    return y.narrow(1, 0, size);
  }
}
