package dev.sardonyx.runtime.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A depthwise convolution with the convolutions of single pixels around it, made ready: {@code
 * project(window(expand(x)))}. What lies between goes some lines at a time through arrays of the
 * thread. Its lines are those of the window's y.
 *
 * @param expand from the channels of x to those of the window, at most {@link Products#K_BLOCK} of
 *     the former; or null where the window reads x itself
 * @param window three by three; its x is read only without {@code expand}, its y never written
 * @param project from the channels of the window to those of y; its left operand is never read
 * @param bound the products with memory of the threads that run them
 */
public record DepthwiseChain(
    @Nullable Product expand, WindowSweep window, Product project, ChainProducts.Bound bound) {

  /** Run by no thread yet. */
  public DepthwiseChain(@Nullable Product expand, WindowSweep window, Product project) {
    this(expand, window, project, new ChainProducts.Bound());
  }

  /** The lines of y. */
  public int lines() {
    return window.lines();
  }
}
