package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Operators with effects, short circuits, chained conditions, compound assignments. */
@Model
final class ConditionalExpressions implements UnaryModule {
  private int next = 3;
  @Layer final Linear a = new Linear(next++, next);
  @Layer final Linear b = new Linear(next, next += 2);
  @Layer final Linear c = new Linear(next--, next << 1);
  @Layer final Linear d = new Linear(-(~next) + 5, next > 4 ? next == 5 ? 7 : 8 : 9);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3"}) Tensor x) {
    int[] calls = {0};
    boolean first = count(calls) || count(calls);
    boolean second = !first & count(calls) | count(calls) ^ first;
    if (calls[0] != 3 || second) {
      return x;
    }
    Tensor y;
    Tensor z = y = a.forward(x);
    y = b.forward(z);
    return c.forward(y).narrow(1, 0, 10).sum(true, -1).expand(-1, 11).mul(3);
  }

  private static boolean count(int[] calls) {
    return ++calls[0] > 0;
  }
}
