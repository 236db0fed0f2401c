package dev.sardonyx.models.resnet;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A block that halves the image and convolves the residual. */
public final class RestNetDownBlock implements UnaryModule {
  @Layer final Conv2d conv1;
  @Layer final BatchNorm2d bn1;
  @Layer final Conv2d conv2;
  @Layer final BatchNorm2d bn2;
  @Layer final Sequential extra;

  public RestNetDownBlock(int inChannels, int outChannels, int firstStride, int secondStride) {
    conv1 = new Conv2d(inChannels, outChannels, 3, firstStride, 1);
    bn1 = new BatchNorm2d(outChannels);
    conv2 = new Conv2d(outChannels, outChannels, 3, secondStride, 1);
    bn2 = new BatchNorm2d(outChannels);
    extra =
        new Sequential(
            new Conv2d(inChannels, outChannels, 1, firstStride, 0), new BatchNorm2d(outChannels));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "channels", "height", "width"}) Tensor x) {
    Tensor residual = extra.forward(x);
    Tensor out = Functional.relu(bn1.forward(conv1.forward(x)));
    out = bn2.forward(conv2.forward(out));
    return Functional.relu(residual.add(out));
  }
}
