package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.Operation.Leaf;
import dev.sardonyx.runtime.kernel.machine.Operation.Pair;
import dev.sardonyx.runtime.kernel.machine.Operation.Single;
import dev.sardonyx.runtime.kernel.machine.Operation.Special;
import dev.sardonyx.runtime.kernel.machine.Operation.Sum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is computed of vectors of floats, one value after the other; each is made once, of values
 * before it. {@link FormulaWriter} makes instructions of it. Names are those of the instructions'
 * operations; where one of two operands of {@link #min} or {@link #max} is NaN, or both are zeros,
 * the second is the result.
 */
final class Formula {

  /**
   * A value.
   *
   * @param index how many values were made before
   * @param number a constant of its operation
   */
  record Value(int index, Operation operation, int number, List<Value> of) {
    boolean isInMemory() {
      return operation == Leaf.CONSTANT || operation == Leaf.ARGUMENT;
    }

    /** Values of one formula are told by their index; what they are made of would be a walk. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Value value && value.index == index;
    }

    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public String toString() {
      return operation + "#" + index;
    }
  }

  /** Predicates of comparisons. */
  enum When {
    EQUAL(0),
    LESS(1),
    NOT_GREATER(2),
    UNORDERED(3),
    NOT_LESS(13),
    GREATER(14);

    final int predicate;

    When(int predicate) {
      this.predicate = predicate;
    }
  }

  private static final int SIGN = 0x8000_0000;

  private final List<Value> values = new ArrayList<>();
  private final Map<Integer, Value> constants = new HashMap<>();
  private final Map<Integer, Value> arguments = new HashMap<>();
  private final List<Value> results = new ArrayList<>();

  List<Value> values() {
    return values;
  }

  /** What is left in registers at the end. */
  List<Value> results() {
    return results;
  }

  /** Declares a result; a register of its own, unless a computation has made it. */
  void result(Value value) {
    boolean made = !value.isInMemory() && value.operation() != Leaf.HELD;
    results.add(made ? value : add(Special.COPY, 0, value));
  }

  private Value add(Operation operation, int number, Value... of) {
    var value = new Value(values.size(), operation, number, List.of(of));
    values.add(value);
    return value;
  }

  Value input(int number) {
    return add(Leaf.INPUT, number);
  }

  /** A register by its number. */
  Value held(int register) {
    return add(Leaf.HELD, register);
  }

  /** A float in a slot. */
  Value argument(int slot) {
    Value known = arguments.get(slot);
    if (known == null) {
      known = add(Leaf.ARGUMENT, slot);
      arguments.put(slot, known);
    }
    return known;
  }

  /** What every operation may take as its first operand. */
  Value copy(Value a) {
    return add(Special.COPY, 0, a);
  }

  Value constant(float value) {
    return bits(Float.floatToRawIntBits(value));
  }

  private Value bits(int bits) {
    Value known = constants.get(bits);
    if (known == null) {
      known = add(Leaf.CONSTANT, bits);
      constants.put(bits, known);
    }
    return known;
  }

  Value add(Value a, Value b) {
    return add(Pair.ADD, 0, a, b);
  }

  Value add(Value a, float b) {
    return add(a, constant(b));
  }

  Value subtract(Value a, Value b) {
    return add(Pair.SUBTRACT, 0, a, b);
  }

  Value multiply(Value a, Value b) {
    return add(Pair.MULTIPLY, 0, a, b);
  }

  Value multiply(Value a, float b) {
    return multiply(a, constant(b));
  }

  Value divide(Value a, Value b) {
    return add(Pair.DIVIDE, 0, a, b);
  }

  /** a &lt; b ? a : b. */
  Value min(Value a, Value b) {
    return add(Pair.MIN, 0, a, b);
  }

  /** a &gt; b ? a : b. */
  Value max(Value a, Value b) {
    return add(Pair.MAX, 0, a, b);
  }

  Value and(Value a, Value b) {
    return add(Pair.AND, 0, a, b);
  }

  Value or(Value a, Value b) {
    return add(Pair.OR, 0, a, b);
  }

  Value multiplyAdd(Value a, Value b, Value c) {
    return add(Sum.MULTIPLY_ADD, 0, a, b, c);
  }

  Value multiplyAdd(Value a, float b, Value c) {
    return multiplyAdd(a, constant(b), c);
  }

  Value multiplyAdd(Value a, float b, float c) {
    return multiplyAdd(a, constant(b), constant(c));
  }

  /** c - a * b. */
  Value multiplyFrom(Value a, Value b, Value c) {
    return add(Sum.MULTIPLY_FROM, 0, a, b, c);
  }

  /** a * b - c. */
  Value multiplySubtract(Value a, Value b, Value c) {
    return add(Sum.MULTIPLY_SUBTRACT, 0, a, b, c);
  }

  /** a * 2 to the power of b, rounded once; infinite and subnormal results too. */
  Value scale(Value a, Value b) {
    return add(Pair.SCALE, 0, a, b);
  }

  Value root(Value a) {
    return add(Single.ROOT, 0, a);
  }

  /** A whole number; see {@code vrndscaleps}. */
  Value round(Value a, int mode) {
    return add(Single.ROUND, mode, a);
  }

  /** The exponent as a number; subnormal numbers have theirs, 0 has -inf. */
  Value exponent(Value a) {
    return add(Single.EXPONENT, 0, a);
  }

  /** The mantissa, from 1 up to 2, that of 0 and infinity is 1; NaN below 0. */
  Value mantissa(Value a) {
    return add(Single.MANTISSA, 0x0C, a);
  }

  Value choice(When when, Value a, Value b, Value holds, Value other) {
    return add(Special.CHOICE, when.predicate, a, b, holds, other);
  }

  Value negated(Value a) {
    return add(Pair.XOR, 0, a, bits(SIGN));
  }

  Value size(Value a) {
    return and(a, bits(~SIGN));
  }

  /** A size with the sign of another value, that of a zero too. */
  Value signed(Value size, Value sign) {
    return add(Special.BITS, 0, size, sign, bits(SIGN));
  }

  /** The size of v, but no more than a limit; NaN stays. */
  Value cappedSize(Value v, float limit) {
    return min(constant(limit), size(v));
  }

  /** A polynomial of x: the factor of the lowest power comes first. */
  Value polynomial(Value x, float... factors) {
    int last = factors.length - 1;
    Value sum = multiplyAdd(x, factors[last], factors[last - 1]);
    for (int i = last - 2; i >= 0; i--) {
      sum = multiplyAdd(sum, x, constant(factors[i]));
    }
    return sum;
  }
}
