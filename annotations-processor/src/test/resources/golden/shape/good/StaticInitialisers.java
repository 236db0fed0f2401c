package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Constants computed in static blocks, lists and maps of them. */
@Model
final class StaticInitialisers implements UnaryModule {
  private static final int[] CHANNELS = {3, 16, 32};
  private static final Map<String, Integer> CLASSES;
  private static final List<Integer> KERNELS = List.of(3, 5);
  static int made;

  static {
    Map<String, Integer> classes = new HashMap<>();
    classes.put("digits", 10);
    classes.put("letters", 26);
    CLASSES = Map.copyOf(classes);
  }

  @Layer final Sequential features = new Sequential();
  @Layer final Linear fc;

  {
    made++;
    for (int i = 0; i < KERNELS.size(); i++) {
      int kernel = KERNELS.get(i);
      features.append(
          new Conv2d(CHANNELS[i], CHANNELS[i + 1], kernel, o -> o.padding(kernel / 2)));
    }
  }

  StaticInitialisers() {
    fc = new Linear(CHANNELS[CHANNELS.length - 1], CLASSES.getOrDefault("letters", 2));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "h", "w"}) Tensor x) {
    return fc.forward(features.forward(x).mean(2, 3));
  }
}
