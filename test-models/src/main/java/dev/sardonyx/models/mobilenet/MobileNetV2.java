package dev.sardonyx.models.mobilenet;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;

/** MobileNetV2 for ImageNet's 224 x 224 pixels. Source: torchvision.models.mobilenet_v2. */
@Model("mobilenet-v2")
public final class MobileNetV2 implements UnaryModule {
  /** Expansion, channels, blocks, first stride. */
  private static final int[][] STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private static final int LAST = 1280;

  @Layer final Sequential features = new Sequential();
  @Layer final Sequential classifier;

  public MobileNetV2() {
    this(1000);
  }

  public MobileNetV2(int classes) {
    int channels = 32;
    features.append(new Conv2dNormActivation(3, channels, 3, 2, 1));
    for (int[] stage : STAGES) {
      for (int block = 0; block < stage[2]; block++) {
        int stride = block == 0 ? stage[3] : 1;
        features.append(new InvertedResidual(channels, stage[1], stride, stage[0]));
        channels = stage[1];
      }
    }
    features.append(new Conv2dNormActivation(channels, LAST, 1, 1, 1));
    classifier = new Sequential(new Dropout(0.2), new Linear(LAST, classes));
    apply(MobileNetV2::initialize);
  }

  /** kaiming_normal_: with PyTorch's default the image would be lost on the way. */
  private static void initialize(NnModule module) {
    if (module instanceof Conv2d conv) {
      Shape shape = conv.weight().shape();
      double fanIn = shape.product(1, 4).fixed();
      conv.weight().set(Generator.defaultGenerator().normal(shape, 0, Math.sqrt(2 / fanIn)));
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "224", "224"}) Tensor x) {
    x = Functional.adaptiveAvgPool2d(features.forward(x), 1).flatten(1);
    return classifier.forward(x);
  }
}
