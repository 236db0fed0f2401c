package dev.sardonyx.models.unet;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Two convolutions of 3 x 3, each with its norm and ReLU. */
public final class DoubleConv implements UnaryModule {
  @Layer final Sequential block;

  public DoubleConv(int inChannels, int outChannels) {
    block =
        new Sequential(
            new Conv2d(inChannels, outChannels, 3, o -> o.padding(1).bias(false)),
            new BatchNorm2d(outChannels),
            new ReLU(true),
            new Conv2d(outChannels, outChannels, 3, o -> o.padding(1).bias(false)),
            new BatchNorm2d(outChannels),
            new ReLU(true));
  }

  @Forward
  @Override
  public Tensor forward(Tensor x) {
    return block.forward(x);
  }
}
