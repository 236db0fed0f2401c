package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.OneHot;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;

/** The part of {@link Functional} that moves elements. */
abstract sealed class ShapingFunctions extends PoolingFunctions permits LossFunctions {
  ShapingFunctions() {}

  /** The dims from start to end, both included, made one. */
  public static Tensor flatten(Tensor x, int startDim, int endDim) {
    return x.flatten(startDim, endDim);
  }

  /** All dims made one. */
  public static Tensor flatten(Tensor x) {
    return flatten(x, 0, -1);
  }

  /**
   * Elements put around the last dims: two numbers for each, the last dim first; negative ones take
   * elements away. The value is that of mode CONSTANT.
   */
  public static Tensor pad(Tensor x, int[] pad, PadMode mode, double value) {
    return Pads.pad("pad", x, pad, mode, value);
  }

  /** The same with zeros. */
  public static Tensor pad(Tensor x, int... pad) {
    return pad(x, pad, PadMode.CONSTANT, 0);
  }

  /** [..., C * r * r, H, W] -> [..., C, H * r, W * r]. */
  public static Tensor pixelShuffle(Tensor x, int upscaleFactor) {
    return Pixels.shuffle(x, upscaleFactor);
  }

  /** [..., C, H * r, W * r] -> [..., C * r * r, H, W]. */
  public static Tensor pixelUnshuffle(Tensor x, int downscaleFactor) {
    return Pixels.unshuffle(x, downscaleFactor);
  }

  /** Rows of a table at integer indices. Shapes: [...], [rows, dim] -> [..., dim]. */
  public static Tensor embedding(Tensor indices, Tensor weight) {
    return Operations.apply(new Gather(0), weight, indices);
  }

  /** A 1 at each index and 0 elsewhere, int64. Shape: [...] -> [..., numClasses]. */
  public static Tensor oneHot(Tensor indices, int numClasses) {
    Arguments.requireAtLeast("one_hot", "numClasses", numClasses, 1);
    Tensor values = Tensor.of(new long[] {0, 1}, 2);
    return Operations.apply(new OneHot(-1), indices, Tensor.scalar((long) numClasses), values);
  }

  /**
   * The spatial dims of [N, C, ...] resized: {@code interpolate(x, o -> o.scaleFactor(2))}. A given
   * factor is used as it is, as PyTorch does unless recompute_scale_factor is set.
   */
  public static Tensor interpolate(Tensor x, UnaryOperator<UpsampleOptions> options) {
    return Interpolation.interpolate(
        x, options.apply(UpsampleOptions.defaults()).checked("interpolate"));
  }
}
