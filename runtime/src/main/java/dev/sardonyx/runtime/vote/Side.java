package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.function.Function;

/**
 * How one engine's result compares with the exact one.
 *
 * @param name the engine's
 * @param error how far it lies from float64, relative, in the Euclidean norm, over those elements
 *     where both are finite
 * @param judged against the exact result rounded to the output's type
 * @param strange the first element that is NaN or infinite where the other is not, in words
 * @param overflow the first finite exact value that is beyond the type, in words
 */
record Side(
    String name,
    double error,
    Comparison judged,
    Optional<String> strange,
    Optional<String> overflow) {

  static Side of(
      String name,
      String output,
      DenseTensor found,
      Exact exact,
      Selection selection,
      Function<DType, Tolerance> tolerance) {
    DType dtype = found.dtype();
    Shape shape = Shape.of(selection.count());
    MemorySegment ofFound = DenseTensor.allocate(dtype, shape);
    MemorySegment ofExact = DenseTensor.allocate(dtype, shape);
    var elements = new Elements(dtype);
    var sums = new Sums(elements);
    long at = 0;
    for (PrimitiveIterator.OfLong each = selection.indices().iterator(); each.hasNext(); at++) {
      long index = each.nextLong();
      if (dtype.isFloat()) {
        double value = elements.real(found.segment(), index);
        double expected = exact.at(index);
        elements.real(ofFound, at, value);
        elements.real(ofExact, at, expected);
        sums.add(index, value, expected, elements.real(ofExact, at));
      } else {
        long value = elements.integer(found.segment(), index);
        long expected = exact.wholeAt(index);
        elements.integer(ofFound, at, value);
        elements.integer(ofExact, at, expected);
        sums.add(Integers.asDouble(dtype, value), Integers.asDouble(dtype, expected));
      }
    }
    var judged =
        Comparison.of(
            output,
            DenseTensor.view(dtype, shape, ofFound),
            DenseTensor.view(dtype, shape, ofExact),
            tolerance);
    return new Side(name, sums.error(), judged, sums.strange, sums.overflow);
  }

  boolean passes() {
    return judged.passes();
  }

  /** What is added up on the way. */
  private static final class Sums {
    private final Elements elements;
    private double scale;
    private double errors;
    private double squares;
    private Optional<String> strange = Optional.empty();
    private Optional<String> overflow = Optional.empty();

    Sums(Elements elements) {
      this.elements = elements;
    }

    void add(long index, double found, double exact, double rounded) {
      if (Double.isFinite(found) && Double.isFinite(exact)) {
        add(found, exact);
      }
      if (Double.isFinite(exact) && !Double.isFinite(rounded)) {
        overflow =
            overflow.or(() -> Optional.of("the exact value " + exact + " is beyond " + largest()));
      }
      boolean same = Double.isFinite(found) == Double.isFinite(rounded);
      boolean equal = Double.isFinite(found) || Double.compare(found, rounded) == 0;
      if (!same || !equal) {
        strange =
            strange.or(
                () -> Optional.of("element " + index + " is " + found + ", exactly " + exact));
      }
    }

    private String largest() {
      DType dtype = elements.type();
      return dtype + (dtype == DType.FLOAT16 ? "'s 65504" : "'s largest number");
    }

    /** In units of the largest number so far, so that squares stay finite. */
    void add(double found, double exact) {
      double size = Math.max(Math.abs(exact), Math.abs(found));
      if (size > scale) {
        double ratio = scale / size;
        errors *= ratio * ratio;
        squares *= ratio * ratio;
        scale = size;
      }
      double unit = scale == 0 ? 1 : scale;
      double error = (found - exact) / unit;
      errors += error * error;
      squares += exact / unit * (exact / unit);
    }

    double error() {
      return errors == 0 ? 0 : Math.sqrt(errors / squares);
    }
  }
}
