package dev.sardonyx.runtime.kernel;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** A function of two elements with its definitions in double and in 64 bits. */
public enum BinaryFunction implements DoubleBinaryOperator {
  /** a + b. */
  ADD((a, b) -> a + b, (a, b) -> a + b),
  /** a - b. */
  SUB((a, b) -> a - b, (a, b) -> a - b),
  /** a * b. */
  MUL((a, b) -> a * b, (a, b) -> a * b),
  /** a / b, IEEE 754: division by zero gives an infinity or NaN. Integers: towards zero. */
  DIV(
      (a, b) -> a / b,
      (a, b) -> a / nonZero("Div", a, b),
      (a, b) -> Long.divideUnsigned(a, nonZero("Div", a, b))),
  /** The remainder of the sign of a, exact. */
  REMAINDER(
      (a, b) -> a % b,
      (a, b) -> a % nonZero("Mod", a, b),
      (a, b) -> Long.remainderUnsigned(a, nonZero("Mod", a, b))),
  /** The remainder of the sign of b, of integers. */
  MODULO(
      (a, b) -> a - Math.floor(a / b) * b,
      (a, b) -> Math.floorMod(a, nonZero("Mod", a, b)),
      (a, b) -> Long.remainderUnsigned(a, nonZero("Mod", a, b))),
  /**
   * a to the power of b; 1 to any power is 1, as is -1 to an infinite one. Integers to a negative
   * power are cut to 0, 1 or -1. Source: IEEE 754 pow.
   */
  POW(BinaryFunction::realPower, BinaryFunction::power, BinaryFunction::unsignedPower),
  /** The larger; NaN where one is NaN. */
  MAX(Math::max, Math::max, (a, b) -> Long.compareUnsigned(a, b) >= 0 ? a : b),
  /** The smaller; NaN where one is NaN. */
  MIN(Math::min, Math::min, (a, b) -> Long.compareUnsigned(a, b) <= 0 ? a : b),
  /** a for a &gt;= 0, a * b below: PRelu with slope b. */
  PRELU((a, b) -> a < 0 ? a * b : a, (a, b) -> a < 0 ? a * b : a, (a, _) -> a);

  private final DoubleBinaryOperator reals;
  private final LongBinaryOperator signed;
  private final LongBinaryOperator unsigned;

  BinaryFunction(DoubleBinaryOperator reals, LongBinaryOperator integers) {
    this(reals, integers, integers);
  }

  BinaryFunction(
      DoubleBinaryOperator reals, LongBinaryOperator signed, LongBinaryOperator unsigned) {
    this.reals = reals;
    this.signed = signed;
    this.unsigned = unsigned;
  }

  @Override
  public double applyAsDouble(double a, double b) {
    return reals.applyAsDouble(a, b);
  }

  /**
   * The function of integers, which wraps around; {@code asUnsigned} reads all 64 bits as a number.
   * Errors, when it is applied: ARGUMENT for a division by zero.
   */
  public LongBinaryOperator ofIntegers(boolean asUnsigned) {
    return asUnsigned ? unsigned : signed;
  }

  private static long nonZero(String operator, long dividend, long divisor) {
    if (divisor == 0) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, operator + ": integer " + dividend + " divided by zero");
    }
    return divisor;
  }

  private static double realPower(double base, double exponent) {
    boolean one = base == 1 || base == -1 && Double.isInfinite(exponent);
    return one ? 1 : Math.pow(base, exponent);
  }

  private static long power(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 || base == -1 && exponent % 2 == 0 ? 1 : base == -1 ? -1 : 0;
    }
    return unsignedPower(base, exponent);
  }

  private static long unsignedPower(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long rest = exponent; rest != 0; rest >>>= 1) {
      result = (rest & 1) == 0 ? result : result * square;
      square *= square;
    }
    return result;
  }
}
