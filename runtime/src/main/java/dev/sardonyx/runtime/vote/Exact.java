package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/**
 * A tensor whose elements are computed when they are asked for: floats in float64 and not rounded
 * to their type, integers and truth values exactly. It keeps what neighbours share, so that asking
 * in ascending order is fast, and is not for several threads at once.
 */
public interface Exact {
  /** The type that ONNX gives it, with a fixed shape. */
  TensorType type();

  /**
   * An element of any real type by its row-major index. Errors: SardonyxException (ARGUMENT) where
   * ONNX leaves it open.
   */
  double at(long index);

  /**
   * An element of an integer type, unsigned 64 bits as they are, or a truth value as 0 or 1.
   * Errors: as for {@link #at}; that of a float is the caller's mistake.
   *
   * @throws SardonyxException where ONNX leaves it open
   */
  long wholeAt(long index);

  /** About how many multiplications and additions an element takes, asked for in order. */
  long work();

  /** The type of the elements. */
  default DType dtype() {
    return type().dtype();
  }

  /** Whether elements are floats. */
  default boolean isFloat() {
    return dtype().isFloat();
  }

  /** The size of each axis. */
  default long[] sizes() {
    return type().shape().sizes();
  }

  /** How many elements there are. */
  default long elements() {
    return type().shape().elements().fixed();
  }

  /** Floats. */
  static Exact real(TensorType type, long work, LongToDoubleFunction element) {
    return new Real(type, work, element);
  }

  /** Integers, cut to the bits of their type. */
  static Exact whole(TensorType type, long work, LongUnaryOperator element) {
    return new Whole(
        type, work, index -> Integers.wrapped(type.dtype(), element.applyAsLong(index)));
  }

  /** Truth values. */
  static Exact truth(TensorType type, LongPredicate element) {
    return new Whole(type, 1, index -> element.test(index) ? 1 : 0);
  }

  /** Floats by their function. */
  record Real(TensorType type, long work, LongToDoubleFunction element) implements Exact {
    @Override
    public double at(long index) {
      return element.applyAsDouble(index);
    }

    @Override
    public long wholeAt(long index) {
      throw new AssertionError(type);
    }
  }

  /** Integers by their function. */
  record Whole(TensorType type, long work, LongUnaryOperator element) implements Exact {
    @Override
    public double at(long index) {
      return Integers.asDouble(dtype(), wholeAt(index));
    }

    @Override
    public long wholeAt(long index) {
      return element.applyAsLong(index);
    }
  }
}
