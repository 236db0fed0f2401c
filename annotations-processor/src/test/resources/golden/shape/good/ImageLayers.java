package golden;

import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GroupNorm;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.InstanceNorm2d;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.PixelShuffle;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.nn.Upsample;
import dev.sardonyx.api.tensor.Tensor;

/** Pools, norms, upsampling and shuffles, on images of unknown and of known sizes. */
@Model
final class ImageLayers implements UnaryModule {
  @Layer final Conv2d stem = new Conv2d(3, 32, 7, o -> o.stride(2).padding(3).bias(false));
  @Layer final GroupNorm group = new GroupNorm(8, 32);
  @Layer final InstanceNorm2d instance = new InstanceNorm2d(32);
  @Layer final Conv2d grouped = new Conv2d(32, 64, 3, o -> o.groups(4).padding(1, 1));
  @Layer final PixelShuffle shuffle = new PixelShuffle(4);
  @Layer final ConvTranspose2d up = new ConvTranspose2d(4, 6, 2, o -> o.stride(2).groups(2));
  @Layer final PReLU act = new PReLU(6);
  @Layer final Upsample nearest = new Upsample(o -> o.scaleFactor(2.0));
  @Layer final AdaptiveAvgPool2d pool = new AdaptiveAvgPool2d(1);
  @Layer final Linear fc = new Linear(6, 10);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "height", "width"}) Tensor x) {
    x = instance.forward(group.forward(stem.forward(x)));
    x = shuffle.forward(grouped.forward(x));
    x = nearest.forward(act.forward(up.forward(x)));
    return fc.forward(pool.forward(x).squeeze(-1).squeeze(-1));
  }
}
