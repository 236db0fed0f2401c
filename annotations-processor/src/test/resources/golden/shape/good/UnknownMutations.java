package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Lists and arrays changed on paths that may not be taken, and by code that is not followed. */
@Model
final class UnknownMutations implements UnaryModule {
  private final List<Integer> widths = new ArrayList<>(List.of(4, 5, 5, 4));
  private final int[] sizes = {4, 6, 7};
  @Layer final ModuleList<Linear> layers = new ModuleList<>();
  @Layer final Linear last;

  UnknownMutations() {
    Collections.shuffle(widths, new Random());
    if (System.nanoTime() % 3 == 0) {
      widths.add(9);
      sizes[1] = 8;
    }
    widths.removeIf(width -> width > 7);
    int from = 4;
    for (int to : widths) {
      layers.append(new Linear(from, to));
      from = to;
    }
    for (int i = 0; i < System.getProperty("java.version").length(); i++) {
      sizes[0] = from;
    }
    last = new Linear(sizes[0], sizes[1]);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    for (Linear layer : layers) {
      x = layer.forward(x);
    }
    return last.forward(x).narrow(1, 0, sizes[1]);
  }
}
