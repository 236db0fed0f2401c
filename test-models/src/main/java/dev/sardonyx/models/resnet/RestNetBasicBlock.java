package dev.sardonyx.models.resnet;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A block that keeps its shape. */
public final class RestNetBasicBlock implements UnaryModule {
  @Layer final Conv2d conv1;
  @Layer final BatchNorm2d bn1;
  @Layer final Conv2d conv2;
  @Layer final BatchNorm2d bn2;

  public RestNetBasicBlock(int inChannels, int outChannels, int stride) {
    conv1 = new Conv2d(inChannels, outChannels, 3, stride, 1);
    bn1 = new BatchNorm2d(outChannels);
    conv2 = new Conv2d(outChannels, outChannels, 3, stride, 1);
    bn2 = new BatchNorm2d(outChannels);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "channels", "height", "width"}) Tensor x) {
    Tensor out = Functional.relu(bn1.forward(conv1.forward(x)));
    out = bn2.forward(conv2.forward(out));
    return Functional.relu(x.add(out));
  }
}
