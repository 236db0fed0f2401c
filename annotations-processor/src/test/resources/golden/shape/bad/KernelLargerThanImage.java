package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Five halvings leave 1 pixel of 32; the next kernel needs 3. */
@Model
final class KernelLargerThanImage implements UnaryModule {
  @Layer final Conv2d conv = new Conv2d(3, 3, 3, o -> o.stride(2).padding(1));
  @Layer final Conv2d last = new Conv2d(3, 8, 3);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "32", "32"}) Tensor x) {
    for (int i = 0; i < 5; i++) {
      x = conv.forward(x);
    }
    return last.forward(x);
  }
}
