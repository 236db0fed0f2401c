package dev.sardonyx.models;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Two convolutions around which the input is added, itself convolved where its shape changes. */
@Model(describedAs = "PyTorchResidualBlock")
public final class ResidualBlock implements UnaryModule {
  @Layer final Conv2d conv1;
  @Layer final BatchNorm2d bn1;
  @Layer final ReLU relu = new ReLU(true);
  @Layer final Conv2d conv2;
  @Layer final BatchNorm2d bn2;
  @Layer final Sequential shortcut;

  public ResidualBlock() {
    this(3, 64, 2);
  }

  public ResidualBlock(int inChannels, int outChannels, int stride) {
    conv1 = new Conv2d(inChannels, outChannels, 3, o -> o.stride(stride).padding(1).bias(false));
    bn1 = new BatchNorm2d(outChannels);
    conv2 = new Conv2d(outChannels, outChannels, 3, o -> o.padding(1).bias(false));
    bn2 = new BatchNorm2d(outChannels);
    shortcut =
        stride == 1 && inChannels == outChannels
            ? new Sequential()
            : new Sequential(
                new Conv2d(inChannels, outChannels, 1, o -> o.stride(stride).bias(false)),
                new BatchNorm2d(outChannels));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "height", "width"}) Tensor x) {
    Tensor identity = shortcut.forward(x);
    Tensor out = relu.forward(bn1.forward(conv1.forward(x)));
    out = bn2.forward(conv2.forward(out));
    return relu.forward(out.add(identity));
  }
}
