package dev.sardonyx.api.type;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.Map;

/**
 * One dimension of a shape: a number, a symbol such as {@code batch}, an expression over symbols
 * such as {@code 2*seq + 1}, or unknown. Arithmetic on symbols is kept, so that dims can be
 * compared and, once the symbols are bound, computed.
 */
public sealed interface Dim {

  /** A number: a size, or in shape arithmetic any integer. A {@link Shape} has none below 0. */
  record Fixed(long value) implements Dim {
    /** Written out: the JVM links what it generates at each start. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Fixed fixed && value == fixed.value;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(value);
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A size known by name only. The same name means the same size within a graph. */
  record Symbol(String name) implements Dim {
    /** Written out like that of a number. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Symbol symbol && name.equals(symbol.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A size computed from symbols; never constant and never a lone symbol. */
  record Derived(Polynomial value) implements Dim {
    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** A size of which nothing is known; equal to nothing, not even another unknown. */
  record Unknown() implements Dim {
    @Override
    public String toString() {
      return "?";
    }
  }

  /** A number. */
  static Dim of(long value) {
    return new Fixed(value);
  }

  /** The dim that a text means: digits a fixed size, {@code ?} unknown, all else a symbol. */
  static Dim parse(String text) {
    if (text.equals("?")) {
      return new Unknown();
    }
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && text.length() < 19 ? of(Long.parseLong(text)) : new Symbol(text);
  }

  /** Whether this is a number. */
  default boolean isFixed() {
    return this instanceof Fixed;
  }

  /** The number. Errors: SHAPE when it is not known. */
  default long fixed() {
    if (this instanceof Fixed(long value)) {
      return value;
    }
    throw new SardonyxException(
        ErrorCode.SHAPE, "dim " + this + " is not a number here; give the model a fixed size");
  }

  /** Whether both are known to be the same size. */
  default boolean sameAs(Dim other) {
    return !(this instanceof Unknown) && equals(other);
  }

  /** Whether both are known to differ: two different numbers, or expressions a constant apart. */
  default boolean differsFrom(Dim other) {
    if (this instanceof Unknown || other instanceof Unknown) {
      return false;
    }
    return Polynomial.of(this).minus(Polynomial.of(other)).constant().orElse(0L) != 0;
  }

  /** The sum. */
  default Dim plus(Dim other) {
    if (this instanceof Fixed(long a) && other instanceof Fixed(long b)) {
      return of(Polynomial.exact(Math::addExact, a, b));
    }
    return eitherUnknown(other)
        ? new Unknown()
        : Polynomial.of(this).plus(Polynomial.of(other)).toDim();
  }

  /** The sum with a constant, which may be negative. */
  default Dim plus(long constant) {
    return plus(of(constant));
  }

  /** The product. */
  default Dim times(Dim other) {
    if (this instanceof Fixed(long a) && other instanceof Fixed(long b)) {
      return of(Polynomial.exact(Math::multiplyExact, a, b));
    }
    return eitherUnknown(other)
        ? new Unknown()
        : Polynomial.of(this).times(Polynomial.of(other)).toDim();
  }

  /** This divided by a positive constant, rounded down. */
  default Dim floorDiv(long divisor) {
    return this instanceof Unknown ? this : Polynomial.of(this).floorDiv(divisor).toDim();
  }

  /** This divided by a positive constant, rounded up. */
  default Dim ceilDiv(long divisor) {
    return plus(divisor - 1).floorDiv(divisor);
  }

  /** This divided by a dim that divides it without rest, or unknown where that is not certain. */
  default Dim exactQuotient(Dim divisor) {
    return eitherUnknown(divisor)
        ? new Unknown()
        : Polynomial.of(this)
            .exactQuotient(Polynomial.of(divisor))
            .map(Polynomial::toDim)
            .orElseGet(Unknown::new);
  }

  /** This with symbols replaced by sizes; symbols without a size stay. */
  default Dim bind(Map<String, Long> sizes) {
    return switch (this) {
      case Fixed fixed -> fixed;
      case Symbol symbol -> sizes.containsKey(symbol.name()) ? of(sizes.get(symbol.name())) : this;
      case Derived derived -> derived.value().bind(sizes).toDim();
      case Unknown unknown -> unknown;
    };
  }

  private boolean eitherUnknown(Dim other) {
    return this instanceof Unknown || other instanceof Unknown;
  }
}
