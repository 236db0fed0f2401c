package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Locks, atomic numbers, assertions, lambdas with bodies, local classes, records and enums. */
@Model
final class Synchronisation implements UnaryModule {
  private final Object lock = new Object();
  private final AtomicInteger counter = new AtomicInteger(5);
  private final ConcurrentHashMap<Integer, Tensor> masks = new ConcurrentHashMap<>();
  @Layer final Linear fc;

  Synchronisation() {
    record Size(int in, int out) {}
    enum Kind {
      A,
      B
    }
    class Counter {
      int next() {
        return counter.getAndIncrement();
      }
    }
    Counter numbers = new Counter();
    Size size = new Size(numbers.next(), numbers.next() * Kind.values().length);
    assert size.out() == 12 : size;
    synchronized (lock) {
      fc = new Linear(size.in(), size.out());
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "5"}) Tensor x) {
    Tensor mask =
        masks.computeIfAbsent(
            12,
            n -> {
              float[] ones = new float[n];
              Arrays.fill(ones, 1f);
              return Tensor.of(ones, n);
            });
    synchronized (this) {
      return fc.forward(x).mul(mask);
    }
  }
}
