package dev.sardonyx.models.resnet;

import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** What the residual networks of 18 layers share; they differ in how the image enters. */
abstract class ResNet implements UnaryModule {
  @Layer final Conv2d conv1;
  @Layer final BatchNorm2d bn1 = new BatchNorm2d(64);
  @Layer final ReLU relu = new ReLU(true);
  @Layer final UnaryModule maxpool;
  @Layer final Sequential layer1 = stage(64, 64, 1);
  @Layer final Sequential layer2 = stage(64, 128, 2);
  @Layer final Sequential layer3 = stage(128, 256, 2);
  @Layer final Sequential layer4 = stage(256, 512, 2);
  @Layer final AdaptiveAvgPool2d avgpool = new AdaptiveAvgPool2d(1, 1);
  @Layer final Linear fc;

  ResNet(Conv2d conv1, UnaryModule maxpool, int classes) {
    this.conv1 = conv1;
    this.maxpool = maxpool;
    fc = new Linear(512, classes);
  }

  private static Sequential stage(int inChannels, int channels, int stride) {
    return new Sequential(
        new BasicBlock(inChannels, channels, stride), new BasicBlock(channels, channels, 1));
  }

  /** Logits of the classes: {@code [batch, classes]}. */
  final Tensor logits(Tensor x) {
    x = maxpool.forward(relu.forward(bn1.forward(conv1.forward(x))));
    x = layer4.forward(layer3.forward(layer2.forward(layer1.forward(x))));
    return fc.forward(avgpool.forward(x).flatten(1));
  }
}
