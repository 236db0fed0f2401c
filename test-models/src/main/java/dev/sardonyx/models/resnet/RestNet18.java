package dev.sardonyx.models.resnet;

import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A tutorial's ResNet-18: convolutions with bias, no ReLU after the stem. */
@Model("restnet18")
public final class RestNet18 implements UnaryModule {
  @Layer final Conv2d conv1 = new Conv2d(3, 64, 7, 2, 3);
  @Layer final BatchNorm2d bn1 = new BatchNorm2d(64);
  @Layer final MaxPool2d maxpool = new MaxPool2d(3, o -> o.stride(2).padding(1));

  @Layer
  final Sequential layer1 =
      new Sequential(new RestNetBasicBlock(64, 64, 1), new RestNetBasicBlock(64, 64, 1));

  @Layer final Sequential layer2 = stage(64, 128);
  @Layer final Sequential layer3 = stage(128, 256);
  @Layer final Sequential layer4 = stage(256, 512);
  @Layer final AdaptiveAvgPool2d avgpool = new AdaptiveAvgPool2d(1, 1);
  @Layer final Linear fc;

  public RestNet18() {
    this(10);
  }

  public RestNet18(int classes) {
    fc = new Linear(512, classes);
  }

  private static Sequential stage(int inChannels, int outChannels) {
    return new Sequential(
        new RestNetDownBlock(inChannels, outChannels, 2, 1),
        new RestNetBasicBlock(outChannels, outChannels, 1));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "224", "224"}) Tensor x) {
    x = maxpool.forward(bn1.forward(conv1.forward(x)));
    x = layer4.forward(layer3.forward(layer2.forward(layer1.forward(x))));
    x = avgpool.forward(x);
    return fc.forward(x.reshape(x.size(0), -1));
  }
}
