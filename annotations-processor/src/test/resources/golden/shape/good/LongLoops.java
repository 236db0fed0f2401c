package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Loops of a hundred million steps, recursion of a thousand, and one that ends by an exception. */
@Model
final class LongLoops implements UnaryModule {
  private final int width;
  @Layer final Linear fc;

  LongLoops() {
    int sum = 0;
    for (int i = 0; i < 100_000_000; i++) {
      sum += i ^ (i >>> 3);
    }
    int depth = depth(1000);
    int bits = 0;
    for (long n = Math.abs((long) sum) + 1; n > 0; n >>= 1) {
      bits++;
    }
    width = depth - 990 + bits;
    fc = new Linear(7, width);
  }

  private static int depth(int n) {
    return n == 0 ? 0 : 1 + depth(n - 1);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "7"}) Tensor x) {
    return fc.forward(x).narrow(1, 0, width);
  }
}
