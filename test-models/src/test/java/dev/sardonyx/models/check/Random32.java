package dev.sardonyx.models.check;

import dev.sardonyx.api.tensor.Tensor;
import java.util.Random;

/** Random float32 tensors, the same for a seed. */
final class Random32 {
  private Random32() {}

  /** Elements between -1 and 1. */
  static Tensor of(long seed, long... sizes) {
    return between(-1, 1, seed, sizes);
  }

  /** Elements between two bounds. */
  static Tensor between(float low, float high, long seed, long... sizes) {
    var random = new Random(seed);
    long count = 1;
    for (long size : sizes) {
      count *= size;
    }
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = low + random.nextFloat() * (high - low);
    }
    return Tensor.of(values, sizes);
  }
}
