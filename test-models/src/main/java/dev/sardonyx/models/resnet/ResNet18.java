package dev.sardonyx.models.resnet;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.tensor.Tensor;

/** ResNet-18 for ImageNet's 224 x 224 pixels. Source: torchvision.models.resnet18. */
@Model(value = "resnet18", describedAs = "ResNet")
public final class ResNet18 extends ResNet {

  public ResNet18() {
    this(1000);
  }

  public ResNet18(int classes) {
    super(
        new Conv2d(3, 64, 7, o -> o.stride(2).padding(3).bias(false)),
        new MaxPool2d(3, o -> o.stride(2).padding(1)),
        BasicBlock::new,
        1,
        new int[] {2, 2, 2, 2},
        classes);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "224", "224"}) Tensor x) {
    return logits(x);
  }
}
