package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Windows that slide over volumes, channel by channel, made ready: x {@code [batch, depth, height,
 * width, channels]} gives y {@code [batch, out..., channels]}. Its lines are those of y along the
 * width, over all images. The output's size is the caller's decision (ceil_mode); a window may
 * reach beyond the padded input and is cut there.
 *
 * @param weights for {@link Fold#WEIGHTED_SUM} {@code [kernel..., channels]}
 * @param epilogue applied to y; its bias has one value per channel
 */
public record WindowSweep(
    Fold fold,
    int batch,
    int channels,
    Axis depth,
    Axis height,
    Axis width,
    int outDepth,
    int outHeight,
    int outWidth,
    MemorySegment x,
    @Nullable MemorySegment weights,
    MemorySegment y,
    Epilogue epilogue) {

  /** What becomes of the elements of a window. */
  public enum Fold {
    /** The sum of products with weights: a convolution of each channel alone. */
    WEIGHTED_SUM,
    /** The largest; NaN wins, a window wholly in padding gives -inf. */
    MAXIMUM,
    /** The mean of the elements inside the input, 0 without such. */
    MEAN,
    /** The mean where padding counts as zeros: divided by what is inside the padded input. */
    PADDED_MEAN
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public WindowSweep {
    Axis.requireAtLeast(0, batch, "batch");
    Axis.requireAtLeast(0, channels, "channels");
    Axis.requireAtLeast(0, outDepth, "outDepth");
    Axis.requireAtLeast(0, outHeight, "outHeight");
    Axis.requireAtLeast(0, outWidth, "outWidth");
  }

  /** The lines of y. */
  public int lines() {
    return Math.multiplyExact(batch, Math.multiplyExact(outDepth, outHeight));
  }

  /** What a window may cost at most: it never has more elements inside than a plane. */
  public long taps() {
    long wide = Math.min(width.kernel(), width.size());
    long high = Math.min(height.kernel(), height.size());
    return wide * high * Math.min(depth.kernel(), depth.size());
  }
}
