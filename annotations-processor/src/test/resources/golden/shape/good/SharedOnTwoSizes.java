package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;

/** One convolution on images of two sizes, one linear layer on two ranks. */
@Model
final class SharedOnTwoSizes implements NnModule {
  @Layer final Conv2d conv = new Conv2d(3, 8, 3, o -> o.padding(1));
  @Layer final MaxPool2d pool = new MaxPool2d(2);
  @Layer final Linear fc = new Linear(8, 5);

  record Pyramid(Tensor fine, Tensor coarse, Tensor scores) {}

  @Forward
  Pyramid forward(@Input({"batch", "3", "64", "48"}) Tensor image) {
    Tensor fine = conv.forward(image);
    Tensor coarse = conv.forward(pool.forward(image));
    Tensor pixels = fc.forward(fine.permute(0, 2, 3, 1)).mean(1, 2);
    return new Pyramid(fine, coarse, pixels.add(fc.forward(coarse.mean(2, 3))));
  }
}
