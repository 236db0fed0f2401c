package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Channels and blocks of pixels, in PyTorch's order and for any number of leading dims. */
final class Pixels {
  private static final String SHUFFLE = "pixel_shuffle";

  private Pixels() {}

  static Tensor shuffle(Tensor x, int r) {
    requireImage(SHUFFLE, x);
    Arguments.requireAtLeast(SHUFFLE, "upscaleFactor", r, 1);
    int channel = x.rank() - 3;
    requireMultiple(SHUFFLE, x, channel, (long) r * r);
    Tensor blocks = x.unflatten(channel, -1, r, r);
    int c = channel;
    // [..., C, r, r, H, W] -> [..., C, H, r, W, r]
    Tensor moved = blocks.permute(order(c, c, c + 3, c + 1, c + 4, c + 2));
    return moved.reshape(
        dims(
            x,
            x.size(c).floorDiv((long) r * r),
            x.size(c + 1).times(Dim.of(r)),
            x.size(c + 2).times(Dim.of(r))));
  }

  static Tensor unshuffle(Tensor x, int r) {
    requireImage("pixel_unshuffle", x);
    Arguments.requireAtLeast("pixel_unshuffle", "downscaleFactor", r, 1);
    int c = x.rank() - 3;
    requireMultiple("pixel_unshuffle", x, c + 1, r);
    requireMultiple("pixel_unshuffle", x, c + 2, r);
    Tensor blocks = x.unflatten(c + 2, -1, r).unflatten(c + 1, -1, r);
    // [..., C, H, r, W, r] -> [..., C, r, r, H, W]
    Tensor moved = blocks.permute(order(c, c, c + 2, c + 4, c + 1, c + 3));
    return moved.reshape(
        dims(
            x,
            x.size(c).times(Dim.of((long) r * r)),
            x.size(c + 1).floorDiv(r),
            x.size(c + 2).floorDiv(r)));
  }

  private static void requireImage(String name, Tensor x) {
    if (x.rank() < 3) {
      String words = name + " expects [..., C, H, W], found " + x.type();
      throw Arguments.rankError(name, "[..., C, H, W]", x, words);
    }
  }

  /** Of the factor, or of its square. */
  private static void requireMultiple(String name, Tensor x, int axis, long of) {
    Dim size = x.size(axis);
    if (size.isFixed() && size.fixed() % of != 0) {
      String argument = name.equals(SHUFFLE) ? "upscaleFactor" : "downscaleFactor";
      throw Mismatch.of("Split", name, "a multiple of " + of, size)
          .withArgument(argument)
          .withType(x.type())
          .error(
              "%s: dim %d of %s must be a multiple of %d, found %s"
                  .formatted(name, axis, x.type(), of, size));
    }
  }

  /** Leading dims in their places, then the others. */
  private static int[] order(int leading, int... others) {
    return IntStream.concat(IntStream.range(0, leading), IntStream.of(others)).toArray();
  }

  private static List<Dim> dims(Tensor x, Dim... last) {
    List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, x.rank() - last.length));
    dims.addAll(List.of(last));
    return dims;
  }
}
