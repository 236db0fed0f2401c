package golden;

import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Sealed configurations, taken apart by record patterns with guards and unnamed variables. */
@Model
final class SwitchOnPatterns implements UnaryModule {
  sealed interface Pool permits Max, Average, Both {}

  record Max(int kernel) implements Pool {}

  record Average(int kernel, boolean ceil) implements Pool {}

  record Both(Pool first, Pool second) implements Pool {}

  @Layer final Sequential pools = new Sequential();

  SwitchOnPatterns() {
    this(new Both(new Max(2), new Average(2, true)));
  }

  SwitchOnPatterns(Pool pool) {
    append(pool);
  }

  private void append(Pool pool) {
    switch (pool) {
      case Max(var kernel) when kernel > 4 -> throw new IllegalArgumentException("" + kernel);
      case Max(int kernel) -> pools.append(new MaxPool2d(kernel));
      case Average(int kernel, boolean ceil) ->
          pools.append(new AvgPool2d(kernel, o -> o.ceilMode(ceil)));
      case Both(Max _, Max _) -> throw new IllegalArgumentException("two of a kind");
      case Both(var first, var second) -> {
        append(first);
        append(second);
      }
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "14", "14"}) Tensor x) {
    Tensor y = pools.forward(x);
    return y.reshape(y.size(0), 3 * 4 * 4);
  }
}
