package dev.sardonyx.runtime.kernel;

import java.util.List;

/**
 * A chain of elementwise operations of float32: what each gives to others is a value of its own.
 * Values are counted through: the operands first, then the results in order; the last one is y.
 *
 * @param operations each on values before its own
 */
public record ElementwiseProgram(List<Operand> operands, List<Operation> operations) {

  /** Copies the lists. */
  public ElementwiseProgram {
    operands = List.copyOf(operands);
    operations = List.copyOf(operations);
  }

  /**
   * How an operand broadcasts: element i of y goes with its element (i / repeat) % period.
   *
   * @param period the number of its elements
   */
  public record Operand(long period, long repeat) {
    private static final Operand FULL = new Operand(Long.MAX_VALUE, 1);
    private static final Operand SINGLE = new Operand(1, 1);

    /** An operand with an element for each of y. */
    public static Operand full() {
      return FULL;
    }

    /** One element for all of y. */
    public static Operand single() {
      return SINGLE;
    }

    /** Whether there is an element for each of y. */
    public boolean isFull() {
      return equals(FULL);
    }

    /** Whether one element goes with all of y. */
    public boolean isSingle() {
      return period == 1;
    }
  }

  /** One operation, rounded as it is alone. */
  public sealed interface Operation {
    /** The values that it takes. */
    List<Integer> values();

    /** The function of value x. */
    record Unary(UnaryFunction function, int x) implements Operation {
      @Override
      public List<Integer> values() {
        return List.of(x);
      }
    }

    /** The function of values a and b: sums, differences, products, quotients, MAX and MIN. */
    record Binary(BinaryFunction function, int a, int b) implements Operation {
      @Override
      public List<Integer> values() {
        return List.of(a, b);
      }
    }
  }
}
