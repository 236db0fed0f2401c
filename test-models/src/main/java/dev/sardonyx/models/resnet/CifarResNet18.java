package dev.sardonyx.models.resnet;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Identity;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.tensor.Tensor;

/** ResNet-18 for CIFAR's 32 x 32 pixels: a 3 x 3 stem and no first pool. */
@Model(value = "resnet18-cifar", describedAs = "ResNet")
public final class CifarResNet18 extends ResNet {

  public CifarResNet18() {
    this(10);
  }

  public CifarResNet18(int classes) {
    super(
        new Conv2d(3, 64, 3, o -> o.padding(1).bias(false)),
        new Identity(),
        BasicBlock::new,
        1,
        new int[] {2, 2, 2, 2},
        classes);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "32", "32"}) Tensor x) {
    return logits(x);
  }
}
