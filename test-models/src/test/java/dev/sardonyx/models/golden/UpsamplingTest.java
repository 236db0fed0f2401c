package dev.sardonyx.models.golden;

import static dev.sardonyx.models.golden.TorchSubject.function;

import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.InterpolateMode;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.nn.Upsample;
import dev.sardonyx.api.nn.UpsampleOptions;
import dev.sardonyx.api.nn.UpsamplingBilinear2d;
import dev.sardonyx.api.nn.UpsamplingNearest2d;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

class UpsamplingTest extends TorchTheme {
  UpsamplingTest() {
    super("upsampling");
    nearest();
    linear();
    others();
  }

  private void layer(String name, Supplier<UnaryModule> layer) {
    add(name, () -> TorchSubject.layer(layer.get()));
  }

  private void upsample(
      String name, InterpolateMode mode, UnaryOperator<UpsampleOptions> options) {
    layer("Upsample_" + name, () -> new Upsample(o -> options.apply(o).mode(mode)));
  }

  private void nearest() {
    layer("Upsample_nearest_scale", () -> new Upsample(o -> o.scaleFactor(2)));
    layer("Upsample_nearest_size", () -> new Upsample(o -> o.size(5)));
    layer("Upsample_nearest_fraction", () -> new Upsample(o -> o.scaleFactor(1.5, 0.6)));
    layer("Upsample_nearest_3d", () -> new Upsample(o -> o.size(3, 1, 4)));
    upsample("nearest_exact", InterpolateMode.NEAREST_EXACT, o -> o.size(7, 3));
  }

  private void linear() {
    upsample("linear", InterpolateMode.LINEAR, o -> o.scaleFactor(2.5));
    upsample("linear_corners", InterpolateMode.LINEAR, o -> o.size(7).alignCorners(true));
    upsample("bilinear", InterpolateMode.BILINEAR, o -> o.scaleFactor(2));
    upsample("bilinear_size", InterpolateMode.BILINEAR, o -> o.size(5, 1));
    upsample(
        "bilinear_corners",
        InterpolateMode.BILINEAR,
        o -> o.scaleFactor(2, 3).alignCorners(true));
    upsample("bilinear_fraction", InterpolateMode.BILINEAR, o -> o.scaleFactor(1.5));
    upsample("bicubic", InterpolateMode.BICUBIC, o -> o.scaleFactor(2));
    upsample("bicubic_corners", InterpolateMode.BICUBIC, o -> o.size(7, 3).alignCorners(true));
    upsample("trilinear", InterpolateMode.TRILINEAR, o -> o.scaleFactor(2));
    upsample(
        "trilinear_corners", InterpolateMode.TRILINEAR, o -> o.size(3, 2, 5).alignCorners(true));
  }

  private void others() {
    layer("UpsamplingNearest2d", () -> new UpsamplingNearest2d(o -> o.scaleFactor(2)));
    layer("UpsamplingNearest2d_size", () -> new UpsamplingNearest2d(o -> o.size(3, 4)));
    layer("UpsamplingBilinear2d", () -> new UpsamplingBilinear2d(o -> o.scaleFactor(2)));
    layer(
        "Upsample_bilinear_keeps_height",
        () -> new Upsample(o -> o.scaleFactor(1.1, 1.6).mode(InterpolateMode.BILINEAR)));
    layer(
        "Upsample_linear_keeps_size",
        () -> new Upsample(o -> o.scaleFactor(1.2).mode(InterpolateMode.LINEAR)));
    layer("UpsamplingBilinear2d_size", () -> new UpsamplingBilinear2d(o -> o.size(3, 5)));
    add(
        "interpolate_scale",
        () ->
            function(
                x ->
                    Functional.interpolate(
                        x, o -> o.scaleFactor(1.7).mode(InterpolateMode.BILINEAR))));
    add("interpolate_size", () -> function(x -> Functional.interpolate(x, o -> o.size(2, 6))));
  }
}
