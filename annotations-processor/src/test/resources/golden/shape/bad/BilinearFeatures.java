package golden;

import dev.sardonyx.api.nn.Bilinear;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;

/** The two inputs are exchanged. */
@Model
final class BilinearFeatures implements NnModule {
  @Layer final Bilinear score = new Bilinear(20, 30, 1);

  @Forward
  Tensor compare(@Input({"batch", "20"}) Tensor text, @Input({"batch", "30"}) Tensor image) {
    return score.forward(image, text);
  }
}
