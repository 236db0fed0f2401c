package dev.sardonyx.models.golden;

import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights and inputs too large to be kept, made by the formula of golden/README.md. */
final class GoldenFormula {
  private GoldenFormula() {}

  /** The state dict that PyTorch was given. */
  static StateDict stateDict(NnModule model) {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    model.stateDict().entries().forEach((key, like) -> entries.put(key, weight(key, like)));
    return new StateDict(entries);
  }

  private static Tensor weight(String key, Tensor like) {
    if (like.dtype() == DType.INT64) {
      return Tensor.scalar(1234L);
    }
    long[] sizes = like.shape().sizes();
    if (key.endsWith("running_mean")) {
      return values(key, -0.2, 0.2, sizes);
    }
    if (key.endsWith("running_var")) {
      return values(key, 0.5, 1.5, sizes);
    }
    if (key.endsWith("bias")) {
      return values(key, -0.1, 0.1, sizes);
    }
    if (!key.endsWith("weight")) {
      return values(key, 0.1, 0.3, sizes);
    }
    if (sizes.length == 1) {
      return values(key, 0.8, 1.2, sizes);
    }
    double fanIn = 1;
    for (int axis = 1; axis < sizes.length; axis++) {
      fanIn *= sizes[axis];
    }
    double bound = Math.sqrt(6.0 / fanIn);
    return values(key, -bound, bound, sizes);
  }

  /** The formula's tensor of a key within [lo, hi]. */
  static Tensor values(String key, double lo, double hi, long... sizes) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    long elements = 1;
    for (long size : sizes) {
      elements *= size;
    }
    float[] values = new float[Math.toIntExact(elements)];
    for (int i = 0; i < values.length; i++) {
      long z = hash + (i + 1) * 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      values[i] = (float) (lo + (hi - lo) * ((z >>> 40) * 0x1p-24));
    }
    return Tensor.of(values, sizes);
  }
}
