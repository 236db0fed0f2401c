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

/** torchvision's basic block: two 3 x 3 convolutions and, where the shape changes, a downsample. */
public final class BasicBlock implements UnaryModule {
  @Layer final Conv2d conv1;
  @Layer final BatchNorm2d bn1;
  @Layer final ReLU relu = new ReLU(true);
  @Layer final Conv2d conv2;
  @Layer final BatchNorm2d bn2;
  @Layer final @Nullable Sequential downsample;

  public BasicBlock(int inChannels, int channels, int stride) {
    conv1 = new Conv2d(inChannels, channels, 3, o -> o.stride(stride).padding(1).bias(false));
    bn1 = new BatchNorm2d(channels);
    conv2 = new Conv2d(channels, channels, 3, o -> o.padding(1).bias(false));
    bn2 = new BatchNorm2d(channels);
    downsample =
        stride == 1 && inChannels == channels
            ? null
            : new Sequential(
                new Conv2d(inChannels, channels, 1, o -> o.stride(stride).bias(false)),
                new BatchNorm2d(channels));
  }

  @Forward
  @Override
  public Tensor forward(Tensor x) {
    Tensor identity = downsample == null ? x : downsample.forward(x);
    Tensor out = relu.forward(bn1.forward(conv1.forward(x)));
    out = bn2.forward(conv2.forward(out));
    return relu.forward(out.add(identity));
  }
}
