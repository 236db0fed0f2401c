package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.List;

/** What quantized elements stand for: {@code (q - zeroPoint) * scale}. Source: torch.dequantize. */
sealed interface Quantization {

  /** Elements are what they are. */
  record None() implements Quantization {}

  /** One scale and zero point for all elements. */
  record PerTensor(double scale, long zeroPoint) implements Quantization {}

  /** One scale and zero point for each index along an axis. */
  record PerChannel(TensorView scales, TensorView zeroPoints, int axis) implements Quantization {

    /** Errors: FORMAT. */
    static PerChannel of(TensorView scales, TensorView zeroPoints, long axis, List<Long> sizes) {
      boolean fits =
          axis >= 0
              && axis < sizes.size()
              && scales.sizes().equals(List.of(sizes.get((int) axis)))
              && zeroPoints.sizes().equals(scales.sizes())
              && scales.quantization() instanceof None
              && zeroPoints.quantization() instanceof None;
      if (!fits) {
        throw new SardonyxException(
            ErrorCode.FORMAT,
            "scales " + scales + " do not fit axis " + axis + " of a quantized tensor");
      }
      return new PerChannel(scales, zeroPoints, (int) axis);
    }
  }
}
