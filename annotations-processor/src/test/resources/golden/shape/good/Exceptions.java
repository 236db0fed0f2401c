package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Own exceptions, nested try with finally, rethrown errors, resources. */
@Model
final class Exceptions implements UnaryModule {
  static final class Timer implements AutoCloseable {
    int closed;

    @Override
    public void close() {
      closed++;
    }
  }

  static final class TooSmall extends Exception {
    private static final long serialVersionUID = 1L;
    final int needed;

    TooSmall(int needed) {
      super("needs " + needed);
      this.needed = needed;
    }
  }

  @Layer final Linear fc;

  Exceptions() {
    int size = 2;
    while (true) {
      try {
        require(size);
        break;
      } catch (TooSmall error) {
        size = error.needed;
      }
    }
    fc = new Linear(size, size);
  }

  private static void require(int size) throws TooSmall {
    if (size < 16) {
      throw new TooSmall(size * 2);
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "16"}) Tensor x) {
    Timer timer = new Timer();
    try (timer) {
      try {
        return fc.forward(x);
      } finally {
        x = null;
      }
    } catch (ClassCastException error) {
      throw new IllegalStateException(error);
    }
  }
}
