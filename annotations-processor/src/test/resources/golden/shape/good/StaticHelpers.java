package golden;

import dev.sardonyx.api.nn.Conv1d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Static helpers of nested classes, generic ones too. */
@Model
final class StaticHelpers implements UnaryModule {
  static final class Sizes {
    static final int WINDOW = 3;

    private Sizes() {}

    static int after(int size, int stride) {
      return (size - WINDOW) / stride + 1;
    }

    static <T> T last(List<? extends T> items) {
      return items.get(items.size() - 1);
    }

    @SafeVarargs
    static <M extends UnaryModule> Tensor chain(Tensor x, M... modules) {
      Tensor y = x;
      for (M module : modules) {
        y = module.forward(y);
      }
      return y;
    }
  }

  @Layer final Conv1d conv1 = new Conv1d(1, 4, Sizes.WINDOW);
  @Layer final Conv1d conv2 = new Conv1d(4, 4, Sizes.WINDOW, 2, 0);
  @Layer final Linear fc = new Linear(4 * Sizes.after(Sizes.after(20, 1), 2), 2);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "20"}) Tensor x) {
    List<Tensor> steps = new ArrayList<>();
    steps.add(Sizes.chain(x, conv1, conv2));
    return fc.forward(Sizes.last(steps).flatten(1));
  }
}
