package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Tensor;

/** A filter for 1 channel on an image of 3. */
@Model
final class FunctionalConv implements UnaryModule {
  @Layer final Buffer sobel =
      new Buffer(Tensor.of(new float[] {1, 0, -1, 2, 0, -2, 1, 0, -1}, 1, 1, 3, 3));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "height", "width"}) Tensor x) {
    return Functional.conv2d(x, sobel, null, o -> o.padding(1));
  }
}
