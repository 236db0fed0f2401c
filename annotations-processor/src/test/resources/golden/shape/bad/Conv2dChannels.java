package golden;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The second convolution was written for 3 channels as well. */
@Model
final class Conv2dChannels implements UnaryModule {
  @Layer final Conv2d stem = new Conv2d(3, 16, 3, o -> o.stride(2).padding(1).bias(false));
  @Layer final BatchNorm2d norm = new BatchNorm2d(16);
  @Layer final Conv2d body = new Conv2d(3, 32, 3, o -> o.padding(1).dilation(1));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "height", "width"}) Tensor image) {
    Tensor x = Functional.relu(norm.forward(stem.forward(image)));
    return body.forward(x);
  }
}
