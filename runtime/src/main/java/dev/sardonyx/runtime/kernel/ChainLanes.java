package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** What a {@link DepthwiseChain} does to a vector of channels, for a set that has it. */
interface ChainLanes {

  /** Channels that lie together in a line: {@code [pixel][lanes]}. */
  int lanes();

  /**
   * Copies a vector of channels of the pixels of a line.
   *
   * @param step from a pixel to the next in x
   */
  void read(int pixels, MemorySegment x, long from, long step, float[] lines, int to);

  /**
   * {@code lines[to + p * lanes + i] = activation(sums[from + p * panel width + i] + bias[biasAt +
   * i])}.
   */
  void expanded(
      int pixels, float[] sums, int from, Epilogue epilogue, int biasAt, float[] lines, int to);

  /**
   * The windows of a line, {@code rows[to + p * Products.PITCH + i] = activation(sum over r, j < 3
   * of lines[starts[r] + (p * stride + j) * lanes + i] * weights[(r * 3 + j) * channels + channel +
   * i] + bias[channel + i])}.
   *
   * @param stride 1 or 2
   * @param starts where each of the three lines begins
   */
  void windows(
      int pixels,
      int stride,
      float[] lines,
      int[] starts,
      WindowSweep sweep,
      int channel,
      float[] rows,
      int to);
}
