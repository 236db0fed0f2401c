package dev.sardonyx.runtime.compiler;

import java.util.List;
import java.util.stream.IntStream;

/** Orders of axes. */
final class Transposes {
  private Transposes() {}

  static List<Integer> identity(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  static boolean isIdentity(List<Integer> order) {
    return order.equals(identity(order.size()));
  }

  /** The order that two transpositions have together. */
  static List<Integer> then(List<Integer> first, List<Integer> second) {
    return second.stream().map(first::get).toList();
  }
}
