package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Nested loops left by labels. */
@Model
final class LabelledBreaks implements UnaryModule {
  @Layer final ModuleList<Linear> layers = new ModuleList<>();

  LabelledBreaks() {
    int made = 0;
    outer:
    for (int i = 1; i < 10; i++) {
      for (int j = 1; j < 10; j++) {
        if (i * j % 7 == 0) {
          continue outer;
        }
        if (made == 3) {
          break outer;
        }
        if (j > i) {
          layers.append(new Linear(4 + made, 5 + made));
          made++;
        }
      }
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    found:
    {
      for (Linear layer : layers) {
        x = layer.forward(x);
        if (x.size(-1).fixed() == 7) {
          break found;
        }
      }
      x = x.neg();
    }
    return x;
  }
}
