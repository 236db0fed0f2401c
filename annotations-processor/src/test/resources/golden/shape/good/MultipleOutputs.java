package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Records in records' place: nested modules with several results, and unused ones. */
@Model
final class MultipleOutputs implements NnModule {
  record Pair(Tensor left, Tensor right) {
    Pair swapped() {
      return new Pair(right, left);
    }

    Tensor joined() {
      return Tensor.cat(List.of(left, right), -1);
    }
  }

  static final class Splitter implements NnModule {
    @Layer final Linear fc = new Linear(6, 10);

    @Forward
    Pair forward(@Input({"batch", "6"}) Tensor x) {
      List<Tensor> parts = fc.forward(x).split(new long[] {3, 7}, 1);
      return new Pair(parts.get(0), parts.get(1));
    }
  }

  @Layer final Splitter splitter = new Splitter();
  @Layer final Linear left = new Linear(7, 2);
  @Layer final Linear both = new Linear(10, 2);

  @Forward
  Pair run(@Input({"n", "6"}) Tensor x) {
    Pair pair = splitter.forward(x).swapped();
    var _ = splitter.forward(x);
    return new Pair(left.forward(pair.left()), both.forward(pair.joined()));
  }
}
