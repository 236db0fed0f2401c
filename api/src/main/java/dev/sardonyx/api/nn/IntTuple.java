package dev.sardonyx.api.nn;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A number for each spatial axis of a layer, depth and height before width: PyTorch's "int or
 * tuple". One number alone stands for all axes, and is kept so, because PyTorch prints what it was
 * given.
 */
public record IntTuple(List<Integer> numbers, boolean single) {

  /** PyTorch's None in the output size of an adaptive pool: as large as the input. */
  public static final int NONE = Integer.MIN_VALUE;

  public IntTuple {
    numbers = List.copyOf(numbers);
    boolean law = single ? numbers.size() == 1 : !numbers.isEmpty();
    Arguments.require(law, "IntTuple", "numbers", single ? "one" : "one or more", numbers);
  }

  /** One number for all axes, which prints as {@code 2}; or more, as {@code (2, 3)}. */
  public static IntTuple of(int... numbers) {
    return new IntTuple(Arrays.stream(numbers).boxed().toList(), numbers.length == 1);
  }

  /** A number for each of the axes of a layer. Errors: ARGUMENT for another count. */
  IntTuple expanded(String layer, String argument, int rank) {
    if (single) {
      return new IntTuple(Collections.nCopies(rank, numbers.getFirst()), false);
    }
    String expected = rank == 1 ? "one number" : "one number or " + rank;
    Arguments.require(numbers.size() == rank, layer, argument, expected, this);
    return this;
  }

  /** The number of an axis. */
  int get(int axis) {
    return numbers.get(single ? 0 : axis);
  }

  /** Whether all numbers are this one. */
  boolean isAll(int number) {
    return numbers.stream().allMatch(each -> each == number);
  }

  /** As Python prints it: {@code 2}, {@code (2,)} or {@code (2, 3)}. */
  @Override
  public String toString() {
    String inner =
        numbers.stream()
            .map(number -> number == NONE ? "None" : number.toString())
            .collect(Collectors.joining(", "));
    return single ? inner : "(" + inner + (numbers.size() == 1 ? ",)" : ")");
  }
}
