package dev.sardonyx.models.resnet;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.tensor.Tensor;

/** ResNet-50 for ImageNet's 224 x 224 pixels. Source: torchvision.models.resnet50. */
@Model(value = "resnet50", describedAs = "ResNet")
public final class ResNet50 extends ResNet {

  public ResNet50() {
    this(1000);
  }

  public ResNet50(int classes) {
    super(
        new Conv2d(3, 64, 7, o -> o.stride(2).padding(3).bias(false)),
        new MaxPool2d(3, o -> o.stride(2).padding(1)),
        Bottleneck::new,
        Bottleneck.EXPANSION,
        new int[] {3, 4, 6, 3},
        classes);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "224", "224"}) Tensor x) {
    return logits(x);
  }
}
