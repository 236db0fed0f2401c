package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;

/** An output of a node in float64, as a whole. */
public final class ExactTensor {
  /** Some seconds of plain loops. */
  private static final long MOST_WORK = 1L << 31;

  /** Arrays hold no more, and a file of it has no use. */
  private static final long MOST_ELEMENTS = 1L << 26;

  private ExactTensor() {}

  /** The tensor in float64; empty where nobody computes it, or it would take too long. */
  public static Optional<DenseTensor> of(ExactNode node, String output) {
    return node.output(output).filter(ExactTensor::isSmall).flatMap(ExactTensor::of);
  }

  private static boolean isSmall(Exact exact) {
    return exact.elements() <= MOST_ELEMENTS
        && exact.work() <= MOST_WORK / Math.max(1, exact.elements());
  }

  private static Optional<DenseTensor> of(Exact exact) {
    double[] values = new double[(int) exact.elements()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = exact.at(i);
      }
    } catch (SardonyxException _) { // ONNX leaves an element open
      return Optional.empty();
    }
    return Optional.of(Tensor.of(values, exact.sizes()).dense());
  }
}
