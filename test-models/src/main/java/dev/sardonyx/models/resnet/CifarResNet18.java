package dev.sardonyx.models.resnet;

import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Identity;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** ResNet-18 for CIFAR's 32 x 32 pixels: a 3 x 3 stem and no first pool. */
@Model(value = "resnet18-cifar", describedAs = "ResNet")
public final class CifarResNet18 implements UnaryModule {
  @Layer final Conv2d conv1 = new Conv2d(3, 64, 3, o -> o.padding(1).bias(false));
  @Layer final BatchNorm2d bn1 = new BatchNorm2d(64);
  @Layer final ReLU relu = new ReLU(true);
  @Layer final Identity maxpool = new Identity();
  @Layer final Sequential layer1 = stage(64, 64, 1);
  @Layer final Sequential layer2 = stage(64, 128, 2);
  @Layer final Sequential layer3 = stage(128, 256, 2);
  @Layer final Sequential layer4 = stage(256, 512, 2);
  @Layer final AdaptiveAvgPool2d avgpool = new AdaptiveAvgPool2d(1, 1);
  @Layer final Linear fc;

  public CifarResNet18() {
    this(10);
  }

  public CifarResNet18(int classes) {
    fc = new Linear(512, classes);
  }

  private static Sequential stage(int inChannels, int channels, int stride) {
    return new Sequential(
        new BasicBlock(inChannels, channels, stride), new BasicBlock(channels, channels, 1));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "32", "32"}) Tensor x) {
    x = maxpool.forward(relu.forward(bn1.forward(conv1.forward(x))));
    x = layer4.forward(layer3.forward(layer2.forward(layer1.forward(x))));
    return fc.forward(avgpool.forward(x).flatten(1));
  }
}
