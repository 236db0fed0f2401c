package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** An image with its batch has four axes, and each is named once. */
@Model
final class PermuteAxes implements UnaryModule {
  @Forward
  @Override
  public Tensor forward(@Input({"batch", "height", "width", "3"}) Tensor image) {
    Tensor scaled = image.div(255);
    return scaled.permute(0, 3, 1);
  }
}
