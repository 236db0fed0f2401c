package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Methods of any number of arguments, with boxed numbers and wide arithmetic. */
@Model
final class Varargs implements UnaryModule {
  private static final Integer BOXED = 6;
  private static final long WIDE = 1L << 33;
  private static final char LETTER = 'a';
  private static final byte SMALL = (byte) 0x86;

  @Layer final Sequential net;

  Varargs() {
    this(BOXED, 5, (int) (WIDE >>> 31), LETTER % 10, -SMALL - 120);
  }

  Varargs(Integer... widths) {
    net = new Sequential();
    for (int i = 1; i < widths.length; i++) {
      net.append(new Linear(widths[i - 1], widths[i]));
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "6"}) Tensor x) {
    Integer index = 0;
    Tensor y = net.get(index++).forward(x);
    while (index < net.size()) {
      y = net.get(index).forward(y);
      index += 1;
    }
    Integer two = Integer.valueOf("2");
    return y.narrow(1, 0, Long.valueOf(two)).mul(Math.sqrt(2));
  }
}
