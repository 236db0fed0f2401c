package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;

/**
 * What the numbers of a tensor are like.
 *
 * @param least of the finite ones; NaN where there is none, as are all that follow
 * @param rms the root mean square of the finite ones
 * @param infinite infinities of both signs
 */
public record Numbers(
    long elements,
    double least,
    double greatest,
    double mean,
    double rms,
    long nan,
    long infinite) {
  /** Of what has none, or was not looked at. */
  static final Numbers NONE = new Numbers(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);

  /** Of a tensor of numbers; of anything else nothing is known. */
  public static Numbers of(Data data) {
    return data instanceof Tensor tensor && tensor.dtype().isReal() ? of(tensor.dense()) : NONE;
  }

  private static Numbers of(DenseTensor tensor) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    long nan = 0;
    long infinite = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      double value = tensor.doubleAt(i);
      if (Double.isFinite(value)) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        sum += value;
        squares += value * value;
      } else if (Double.isNaN(value)) {
        nan++;
      } else {
        infinite++;
      }
    }
    long finite = tensor.elements() - nan - infinite;
    boolean any = finite > 0;
    return new Numbers(
        tensor.elements(),
        any ? least : Double.NaN,
        any ? greatest : Double.NaN,
        any ? sum / finite : Double.NaN,
        any ? Math.sqrt(squares / finite) : Double.NaN,
        nan,
        infinite);
  }
}
