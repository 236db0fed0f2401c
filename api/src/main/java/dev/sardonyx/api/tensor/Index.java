package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import java.util.Optional;

/**
 * What {@link Tensor#get} takes of one dim. Python's {@code x[1:3, ..., ::2, None, -1]} is {@code
 * x.get(Index.range(1, 3), Index.ellipsis(), Index.step(2), Index.newAxis(), Index.at(-1))}.
 */
public sealed interface Index {
  /** One element; its dim goes. Negative positions count from the end. */
  record At(long position) implements Index {}

  /** The elements from start up to, without, end, which are the dim's own where empty. */
  record Range(Optional<Dim> start, Optional<Dim> end, long step) implements Index {
    public Range {
      if (step < 1) { // as in PyTorch, whose slices do not run backwards
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "Index: step must be 1 or more, found " + step + "; flip runs backwards");
      }
    }

    /** The same with every step-th element. */
    public Range step(long changed) {
      return new Range(start, end, changed);
    }
  }

  /** All dims that the other indices leave over. */
  record Ellipsis() implements Index {}

  /** A new dim of size 1. */
  record NewAxis() implements Index {}

  /** Python's {@code x[position]}. */
  static Index at(long position) {
    return new At(position);
  }

  /** Python's {@code x[start:end]}. */
  static Range range(long start, long end) {
    return range(Dim.of(start), Dim.of(end));
  }

  /** Python's {@code x[start:end]} with dims of other tensors, symbols included. */
  static Range range(Dim start, Dim end) {
    return new Range(Optional.of(start), Optional.of(end), 1);
  }

  /** Python's {@code x[start:end:step]}. */
  static Range range(long start, long end, long step) {
    return range(start, end).step(step);
  }

  /** Python's {@code x[start:]}. */
  static Range from(long start) {
    return new Range(Optional.of(Dim.of(start)), Optional.empty(), 1);
  }

  /** Python's {@code x[:end]}. */
  static Range to(long end) {
    return to(Dim.of(end));
  }

  /** Python's {@code x[:end]} with a dim of another tensor. */
  static Range to(Dim end) {
    return new Range(Optional.empty(), Optional.of(end), 1);
  }

  /** Python's {@code x[::step]}. */
  static Range step(long step) {
    return all().step(step);
  }

  /** Python's {@code x[:]}. */
  static Range all() {
    return new Range(Optional.empty(), Optional.empty(), 1);
  }

  /** Python's {@code x[...]}. */
  static Index ellipsis() {
    return new Ellipsis();
  }

  /** Python's {@code x[None]}. */
  static Index newAxis() {
    return new NewAxis();
  }
}
