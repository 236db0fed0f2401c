package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.type.DType;

/**
 * How far a result may lie from its reference b, element by element: {@code absolute * scale +
 * relative * |b|}.
 *
 * @param scaled whether scale is the root mean square of b, so that a tolerance means the same for
 *     outputs of any size; else it is 1
 * @param norm how far a whole tensor may lie from its reference besides, relative to this, in the
 *     Euclidean norm; infinite where nothing is asked
 */
public record Tolerance(double absolute, double relative, boolean scaled, double norm) {
  /** How many times what weights lose a tensor may lie off, by its norm. */
  public static final int OF_NORM = 6;

  /** But no more than this: what lies further off may have nothing to do with its reference. */
  public static final double MOST_OF_NORM = 0.5;

  /**
   * How many times of each element of a single node: the largest error of many is some times their
   * mean.
   */
  public static final int OF_ELEMENT = 32;

  /** How many times what roundings to numbers of few bits move a tensor it may lie off. */
  public static final int OF_DRIFT = 2;

  /** To the bit, but for the sign of zero. */
  public static final Tolerance EXACT = new Tolerance(0, 0, false);

  /** With nothing asked of the norm. */
  public Tolerance(double absolute, double relative, boolean scaled) {
    this(absolute, relative, scaled, Double.POSITIVE_INFINITY);
  }

  /** For one operator on equal inputs. Errors: IllegalArgumentException for one that is random. */
  public static Tolerance ofOperator(Precision precision, DType dtype) {
    return switch (precision) {
      case EXACT -> EXACT;
      case ROUNDED -> rounded(dtype, 1);
      case TRANSFORMED -> rounded(dtype, 5); // the largest result is some times their mean
      case RANDOM -> throw new IllegalArgumentException("random numbers have no tolerance");
    };
  }

  /** For a value to which many operators have added their rounding. */
  public static Tolerance ofModel(DType dtype) {
    return rounded(dtype, 10);
  }

  /**
   * For the result of a node whose weights a storage has moved: independent errors of a relative
   * size make it err by about as much in its norm. Whole numbers have to agree.
   *
   * @param loss the error of the weights (relative L2)
   */
  public Tolerance widened(double loss) {
    double more = OF_ELEMENT * loss;
    return scaled && loss > 0
        ? new Tolerance(absolute + more, relative + more, true, absolute + ofNorm(loss))
        : this;
  }

  /**
   * For a result of many such nodes: by its norm alone, because an error that one element of an
   * early layer has may go anywhere. Whole numbers have to agree.
   *
   * @param loss the error (relative L2) of all weights
   */
  public Tolerance widenedByAll(double loss) {
    double any = Double.MAX_VALUE;
    return scaled && loss > 0 ? new Tolerance(any, any, true, absolute + ofNorm(loss)) : this;
  }

  private static double ofNorm(double loss) {
    return Math.min(OF_NORM * loss, MOST_OF_NORM);
  }

  /**
   * For a result that moves by itself when quantisations before it round a little otherwise.
   *
   * @param drift how far it moved, relative to its norm
   * @param element the largest move of an element
   * @param rms the root mean square of the result
   */
  public Tolerance moved(double drift, double element, double rms) {
    double unit = scaled ? rms : 1;
    double base = scaled ? Math.min(norm, relative) : 0;
    return new Tolerance(
        absolute + OF_DRIFT * element / unit, relative, scaled, base + OF_DRIFT * drift);
  }

  private static Tolerance rounded(DType dtype, double factor) {
    return switch (dtype) {
      case FLOAT64 -> scaled(1e-12 * factor);
      case FLOAT32 -> scaled(2e-5 * factor);
      case FLOAT16 -> scaled(2e-3 * factor);
      case BFLOAT16 -> scaled(1.6e-2 * factor);
      case UINT8, INT8, UINT16, INT16, INT32, INT64, UINT32, UINT64 -> EXACT;
      case BOOL, STRING, UINT4, INT4, UINT2, INT2 -> EXACT;
      case COMPLEX64 -> scaled(2e-5 * factor);
      case COMPLEX128 -> scaled(1e-12 * factor);
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> scaled(small(factor, 0.26));
      case FLOAT8E8M0, FLOAT4E2M1 -> scaled(small(factor, 0.5));
    };
  }

  /** No more than a step of the type, or zeros would pass for anything. */
  private static double small(double factor, double step) {
    return Math.min(0.13 * factor, step);
  }

  private static Tolerance scaled(double both) {
    return new Tolerance(both, both, true);
  }

  /** The largest error of an element. */
  double bound(double expected, double scale) {
    return absolute * (scaled ? scale : 1) + relative * Math.abs(expected);
  }

  @Override
  public String toString() {
    return absolute + (scaled ? " * rms(expected) + " : " + ") + relative + " * |expected|";
  }
}
