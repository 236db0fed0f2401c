package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;

/** Parts of axes that may be long enough. */
@Model
final class SymbolicSplits implements NnModule {
  record Result(Tensor first, Tensor second, Tensor third, Tensor fourth) {}

  @Forward
  Result run(@Input({"n", "m"}) Tensor x) {
    return new Result(
        x.split(new long[] {2, 3}, 1).get(1),
        x.chunk(2, 1).get(1),
        x.expand(3, -1),
        x.unflatten(1, 3, -1).permute(2, 0, 1));
  }
}
