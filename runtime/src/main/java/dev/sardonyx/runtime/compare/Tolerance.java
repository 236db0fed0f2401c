package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.type.DType;

/**
 * How far a result may lie from its reference b. Element by element {@code absolute * scale +
 * relative * |b|}; and as a whole, in the Euclidean norm, {@code norm * |b|}: an element that is
 * tiny beside 1 may be wrong within the first, but not all of them within the second.
 *
 * @param scaled whether scale is the root mean square of b where that is more than 1, so that a
 *     tolerance means the same for large outputs; else it is 1
 * @param norm infinite where nothing is asked of the norm
 * @param magnitude the root mean square of what b was made of, where that is known and cancels, and
 *     0 else: a mean whose true value is 0 is all rounding, of what it is the mean of. The norm is
 *     taken relative to this where b is smaller
 */
public record Tolerance(
    double absolute, double relative, boolean scaled, double norm, double magnitude) {
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

  /** How many times the mean of all errors few of them exceed. */
  private static final int OF_MOST = 4;

  /** To the bit, but for the sign of zero. */
  public static final Tolerance EXACT = new Tolerance(0, 0, false);

  /** How many roundings deep a value lies at least for what a model is granted. */
  private static final int SHALLOWEST = 25;

  /** Of elements alone: nothing is asked of the norm. */
  public Tolerance(double absolute, double relative, boolean scaled) {
    this(absolute, relative, scaled, Double.POSITIVE_INFINITY, 0);
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

  /** For a value to which nobody knows how many operators have added their rounding: to few. */
  public static Tolerance ofModel(DType dtype) {
    return ofModel(dtype, 1);
  }

  /**
   * For a value to which many operators have added their rounding. Errors that are independent add
   * up by their squares, so the norm may lie off by the root of as many times what it may at one
   * operator, and by no less than at one of {@link Precision#TRANSFORMED}.
   *
   * @param depth how many operators that round lie on the longest way to it ({@link Depths})
   */
  public static Tolerance ofModel(DType dtype, int depth) {
    Tolerance elements = rounded(dtype, 10);
    double norm = rounded(dtype, 1).norm * Math.sqrt(Math.max(depth, SHALLOWEST));
    return elements.scaled ? elements.withNorm(Math.min(norm, MOST_OF_NORM)) : elements;
  }

  /** The same with another bound of the norm. */
  Tolerance withNorm(double other) {
    return new Tolerance(absolute, relative, scaled, other, magnitude);
  }

  /** The same for a result that was made of values of this root mean square. */
  public Tolerance madeOf(double rms) {
    return new Tolerance(absolute, relative, scaled, norm, rms);
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
        ? new Tolerance(absolute + more, relative + more, true, norm + ofNorm(loss), magnitude)
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
    return scaled && loss > 0
        ? new Tolerance(any, any, true, norm + ofNorm(loss), magnitude)
        : this;
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
    double base = scaled ? norm : 0;
    return new Tolerance(
        absolute + OF_DRIFT * element / scale(rms),
        relative,
        scaled,
        base + OF_DRIFT * drift,
        magnitude);
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

  /** The norm may lie off as far as elements do that all lie off as far as they may. */
  private static Tolerance scaled(double both) {
    return new Tolerance(both, both, true, Math.min(2 * both, MOST_OF_NORM), 0);
  }

  private double scale(double rms) {
    return scaled ? Math.max(1, rms) : 1;
  }

  /** The largest error of an element, where the elements have a root mean square. */
  double bound(double expected, double rms) {
    return absolute * scale(rms) + relative * Math.abs(expected);
  }

  /** What most elements err by at most, where the norm says more of them than each one's bound. */
  double element(double expected, double rms) {
    double each = bound(expected, rms);
    return Double.isInfinite(norm)
        ? each
        : Math.min(each, OF_MOST * norm * Math.max(rms, magnitude));
  }

  /** The largest error in the norm, of so many elements that have a norm. */
  double normBound(double length, long elements) {
    return Double.isInfinite(norm)
        ? norm
        : norm * Math.max(length, magnitude * Math.sqrt(elements));
  }

  @Override
  public String toString() {
    return absolute + (scaled ? " * max(1, rms(expected)) + " : " + ") + relative + " * |expected|";
  }
}
