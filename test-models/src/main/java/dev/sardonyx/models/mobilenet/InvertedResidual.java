package dev.sardonyx.models.mobilenet;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/**
 * More channels, a depthwise convolution, few channels again, and the input added where it fits.
 */
public final class InvertedResidual implements UnaryModule {
  @Layer final Sequential conv = new Sequential();
  private final boolean residual;

  public InvertedResidual(int inChannels, int outChannels, int stride, int expandRatio) {
    int hidden = inChannels * expandRatio;
    if (expandRatio != 1) {
      conv.append(new Conv2dNormActivation(inChannels, hidden, 1, 1, 1));
    }
    conv.append(new Conv2dNormActivation(hidden, hidden, 3, stride, hidden));
    conv.append(new Conv2d(hidden, outChannels, 1, o -> o.bias(false)));
    conv.append(new BatchNorm2d(outChannels));
    residual = stride == 1 && inChannels == outChannels;
  }

  @Forward
  @Override
  public Tensor forward(Tensor x) {
    return residual ? x.add(conv.forward(x)) : conv.forward(x);
  }
}
