package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Arithmetic as Java does it: narrowing, overflow, floats, boxed identity, shifts. */
@Model
final class JavaNumbers implements UnaryModule {
  @Layer final Sequential net = new Sequential();
  private final int last;

  @SuppressWarnings("lossy-conversions")
  JavaNumbers() {
    int width = 64;
    width *= 0.75; // 48
    int scaled = (int) (32 * 1.4f); // 44
    byte wrapped = (byte) 300; // 44
    net.append(new Linear(width, scaled)).append(new Linear(wrapped, 1 << 35)); // 8
    Integer a = 1000;
    Integer b = Integer.valueOf("1000");
    int same = a.equals(b) ? 8 : 9;
    net.append(new Linear(same, Integer.MAX_VALUE + 1 < 0 ? 5 : 6)); // 5
    net.append(new Linear(-17 / -3, -17 % 5 + 5)); // 5, 3
    char c = 'a';
    c += 2;
    net.append(new Linear(c - 96, (int) Math.round(2.5) + (int) -0.9 + '\1')); // 3, 4
    long big = 0xFFFF_FFFFL + 1;
    net.append(new Linear((int) (big >> 30), -8 >>> 29)); // 4, 7
    double third = 1 / 3 + 1.0 / 3;
    net.append(new Linear((int) (third * 22), Float.compare(0.1f + 0.2f, 0.3f) == 0 ? 2 : 1));
    last = 0.1 + 0.2 == 0.3 ? 9 : (int) Double.MIN_VALUE + (int) Float.NaN + 1;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "48"}) Tensor x) {
    return net.forward(x).narrow(1, 0, last);
  }
}
