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

/** What residual networks share; they differ in how the image enters and in their blocks. */
abstract class ResNet implements UnaryModule {
  @Layer final Conv2d conv1;
  @Layer final BatchNorm2d bn1 = new BatchNorm2d(64);
  @Layer final ReLU relu = new ReLU(true);
  @Layer final UnaryModule maxpool;
  @Layer final Sequential layer1;
  @Layer final Sequential layer2;
  @Layer final Sequential layer3;
  @Layer final Sequential layer4;
  @Layer final AdaptiveAvgPool2d avgpool = new AdaptiveAvgPool2d(1, 1);
  @Layer final Linear fc;

  /** Makes a block. */
  @FunctionalInterface
  interface Block {
    UnaryModule of(int inChannels, int channels, int stride);
  }

  /**
   * A network.
   *
   * @param expansion how many times its channels a block gives
   * @param depths the blocks of each of the four layers
   */
  ResNet(Conv2d conv1, UnaryModule maxpool, Block block, int expansion, int[] depths, int classes) {
    this.conv1 = conv1;
    this.maxpool = maxpool;
    layer1 = stage(block, 64, 64, 64 * expansion, 1, depths[0]);
    layer2 = stage(block, 64 * expansion, 128, 128 * expansion, 2, depths[1]);
    layer3 = stage(block, 128 * expansion, 256, 256 * expansion, 2, depths[2]);
    layer4 = stage(block, 256 * expansion, 512, 512 * expansion, 2, depths[3]);
    fc = new Linear(512 * expansion, classes);
  }

  private static Sequential stage(
      Block block, int inChannels, int channels, int outChannels, int stride, int depth) {
    var stage = new Sequential(block.of(inChannels, channels, stride));
    for (int i = 1; i < depth; i++) {
      stage.append(block.of(outChannels, channels, 1));
    }
    return stage;
  }

  /** Logits of the classes: {@code [batch, classes]}. */
  final Tensor logits(Tensor x) {
    x = maxpool.forward(relu.forward(bn1.forward(conv1.forward(x))));
    x = layer4.forward(layer3.forward(layer2.forward(layer1.forward(x))));
    return fc.forward(avgpool.forward(x).flatten(1));
  }
}
