package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Records whose constructors are implied, compact (with a text that looks like code) and full. */
@Model
final class RecordConstructors implements UnaryModule {
  @Layer final Linear a;
  @Layer final Linear b;
  @Layer final Linear c;

  RecordConstructors() {
    var implied = new Implied(4, 5);
    var compact = new Compact(5, 6);
    var full = new Full(7);
    a = new Linear(implied.in(), implied.out());
    b = new Linear(compact.in(), compact.out());
    c = new Linear(full.in(), full.out());
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    return c.forward(b.forward(a.forward(x)));
  }

  record Implied(int in, int out) {}

  record Compact(int in, int out) {
    Compact {
      if (in < 0) {
        throw new IllegalArgumentException("set this.in = 1");
      }
      out = out + 1;
    }
  }

  record Full(int in, int out) {
    Full(int in, int out) {
      this.in = in;
      this.out = out * 2;
    }

    Full(int size) {
      this(size, size);
    }
  }
}
