package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.ConvOptions;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;

/** Numbers of all types where others are declared, arrays for varargs, and none at all. */
@Model
final class Overloads implements UnaryModule {
  private static final UnaryOperator<ConvOptions> SAME = o -> o.padding(1);
  private static final short SHORT = 3;
  private static final char CHANNELS = '\4';

  private final UnaryOperator<ConvOptions> halved =
      o -> {
        ConvOptions result = SAME.apply(o);
        return result.stride(2, 2).bias(false);
      };

  @Layer final Conv2d conv1 = new Conv2d(SHORT, CHANNELS, 3, SAME);
  @Layer final Conv2d conv2 = new Conv2d(CHANNELS, (byte) 8, SHORT, halved);
  @Layer final Conv2d conv3 = new Conv2d(8, 8, IntTuple.of(1, 3), UnaryOperator.identity());
  @Layer final LayerNorm norm = new LayerNorm(new int[] {8, 6});

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "16", "16"}) Tensor x) {
    long[] shape = {-1, 8, 8, 6};
    int[] order = {0, 2, 1, 3};
    Integer axis = -1;
    Tensor y = conv3.forward(conv2.forward(conv1.forward(x))).reshape(shape);
    Tensor z = norm.forward(y.permute(order)).mul(2).mul(2L).mul(0.5f).add((byte) 1);
    Tensor scalar = z.sum().reshape().add(z.max()).add(z.amax(0, 1, 2, 3));
    return z.softmax(axis).sum(true, axis).squeeze(axis).mul(scalar).view(z.size(0), 8L, 'A' - 57);
  }
}
