package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.stream.IntStream;

/** Blocks made by a stream: each widens by 8, and the head was not told. */
@Model
final class StreamOfBlocks implements UnaryModule {
  @Layer final ModuleList<Linear> blocks =
      new ModuleList<>(IntStream.range(1, 4).mapToObj(i -> new Linear(8 * i, 8 * (i + 1))).toList());

  @Layer final Linear head = new Linear(24, 1);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8"}) Tensor x) {
    for (Linear block : blocks) {
      x = block.forward(x);
    }
    return head.forward(x);
  }
}
