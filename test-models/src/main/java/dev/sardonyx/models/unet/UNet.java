package dev.sardonyx.models.unet;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** A U-Net of 32 to 256 channels: images of 256 x 256 pixels to one logit for each pixel. */
@Model("unet")
public final class UNet implements UnaryModule {
  @Layer final DoubleConv down1 = new DoubleConv(3, 32);
  @Layer final DoubleConv down2 = new DoubleConv(32, 64);
  @Layer final DoubleConv down3 = new DoubleConv(64, 128);
  @Layer final MaxPool2d pool = new MaxPool2d(2);
  @Layer final DoubleConv bottom = new DoubleConv(128, 256);
  @Layer final ConvTranspose2d up3 = new ConvTranspose2d(256, 128, 2, o -> o.stride(2));
  @Layer final DoubleConv join3 = new DoubleConv(256, 128);
  @Layer final ConvTranspose2d up2 = new ConvTranspose2d(128, 64, 2, o -> o.stride(2));
  @Layer final DoubleConv join2 = new DoubleConv(128, 64);
  @Layer final ConvTranspose2d up1 = new ConvTranspose2d(64, 32, 2, o -> o.stride(2));
  @Layer final DoubleConv join1 = new DoubleConv(64, 32);
  @Layer final Conv2d head = new Conv2d(32, 1, 1);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "256", "256"}) Tensor x) {
    Tensor fine = down1.forward(x);
    Tensor middle = down2.forward(pool.forward(fine));
    Tensor coarse = down3.forward(pool.forward(middle));
    Tensor y = bottom.forward(pool.forward(coarse));
    y = join3.forward(Tensor.cat(List.of(coarse, up3.forward(y)), 1));
    y = join2.forward(Tensor.cat(List.of(middle, up2.forward(y)), 1));
    y = join1.forward(Tensor.cat(List.of(fine, up1.forward(y)), 1));
    return head.forward(y);
  }
}
