package dev.sardonyx.models.resnet;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * torchvision's bottleneck: 1 x 1 to few channels, 3 x 3, 1 x 1 to four times as many, and where
 * the shape changes, a downsample.
 */
public final class Bottleneck implements UnaryModule {
  static final int EXPANSION = 4;

  @Layer final Conv2d conv1;
  @Layer final BatchNorm2d bn1;
  @Layer final Conv2d conv2;
  @Layer final BatchNorm2d bn2;
  @Layer final Conv2d conv3;
  @Layer final BatchNorm2d bn3;
  @Layer final ReLU relu = new ReLU(true);
  @Layer final @Nullable Sequential downsample;

  public Bottleneck(int inChannels, int channels, int stride) {
    int outChannels = channels * EXPANSION;
    conv1 = new Conv2d(inChannels, channels, 1, o -> o.bias(false));
    bn1 = new BatchNorm2d(channels);
    conv2 = new Conv2d(channels, channels, 3, o -> o.stride(stride).padding(1).bias(false));
    bn2 = new BatchNorm2d(channels);
    conv3 = new Conv2d(channels, outChannels, 1, o -> o.bias(false));
    bn3 = new BatchNorm2d(outChannels);
    downsample =
        stride == 1 && inChannels == outChannels
            ? null
            : new Sequential(
                new Conv2d(inChannels, outChannels, 1, o -> o.stride(stride).bias(false)),
                new BatchNorm2d(outChannels));
  }

  @Forward
  @Override
  public Tensor forward(Tensor x) {
    Tensor identity = downsample == null ? x : downsample.forward(x);
    Tensor out = relu.forward(bn1.forward(conv1.forward(x)));
    out = relu.forward(bn2.forward(conv2.forward(out)));
    out = bn3.forward(conv3.forward(out));
    return relu.forward(out.add(identity));
  }
}
