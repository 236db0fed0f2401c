package dev.sardonyx.models.mobilenet;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.ReLU6;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A convolution, its norm and ReLU6. Source: torchvision.ops.misc.Conv2dNormActivation. */
public final class Conv2dNormActivation implements UnaryModule {
  @Layer("0")
  final Conv2d conv;

  @Layer("1")
  final BatchNorm2d norm;

  @Layer("2")
  final ReLU6 activation = new ReLU6(true);

  public Conv2dNormActivation(
      int inChannels, int outChannels, int kernelSize, int stride, int groups) {
    int padding = (kernelSize - 1) / 2;
    conv =
        new Conv2d(
            inChannels,
            outChannels,
            kernelSize,
            o -> o.stride(stride).padding(padding).groups(groups).bias(false));
    norm = new BatchNorm2d(outChannels);
  }

  @Forward
  @Override
  public Tensor forward(Tensor x) {
    return activation.forward(norm.forward(conv.forward(x)));
  }
}
