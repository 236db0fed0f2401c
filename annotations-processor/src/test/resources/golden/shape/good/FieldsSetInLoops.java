package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Widths are kept in an array, which a loop fills. */
@Model
final class FieldsSetInLoops implements UnaryModule {
  private final int[] widths = new int[5];
  @Layer final ModuleList<Linear> layers = new ModuleList<>();

  FieldsSetInLoops() {
    int width = 8;
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width;
      width += (i & 1) == 0 ? 4 : -2;
    }
    for (int i = 1; i < widths.length; i++) {
      layers.append(new Linear(widths[i - 1], widths[i]));
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8"}) Tensor x) {
    for (Linear layer : layers) {
      x = Functional.relu(layer.forward(x));
    }
    return x.narrow(1, 0, widths[4]);
  }
}
