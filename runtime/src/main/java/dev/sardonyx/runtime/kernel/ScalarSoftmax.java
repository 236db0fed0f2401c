package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Softmax of one strided slice, in double. */
final class ScalarSoftmax {

  private ScalarSoftmax() {}

  static void slice(
      MemorySegment x, MemorySegment y, long offset, int n, long stride, boolean logarithm) {
    // A NaN may be missed here; it reaches the whole slice through the sum.
    float greatest = Float.NEGATIVE_INFINITY;
    long left = Cancellation.EVERY;
    for (int i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      float value = Floats.get(x, offset + i * stride);
      greatest = value > greatest ? value : greatest;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      sum += Math.exp((double) Floats.get(x, offset + i * stride) - greatest);
    }
    double logSum = Math.log(sum);
    for (int i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      long at = offset + i * stride;
      double centred = (double) Floats.get(x, at) - greatest;
      Floats.set(y, at, (float) (logarithm ? centred - logSum : Math.exp(centred) / sum));
    }
  }
}
