package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * What a definition computes with.
 *
 * @param inputs by position; empty where an optional one is left out
 * @param types of the outputs, as far as they follow from the inputs
 */
record Operands(List<Optional<Exact>> inputs, List<TensorType> types) {
  Operands {
    inputs = List.copyOf(inputs);
    types = List.copyOf(types);
  }

  boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  int count() {
    return inputs.size();
  }

  Exact get(int index) {
    return inputs.get(index).orElseThrow();
  }

  Optional<Exact> find(int index) {
    return index < inputs.size() ? inputs.get(index) : Optional.empty();
  }

  /** The type of the first output. */
  TensorType type() {
    return types.getFirst();
  }

  /** The size of each axis of the first output. */
  long[] sizes() {
    return type().shape().sizes();
  }

  /** The elements of a small integer input. */
  long[] wholes(int index) {
    Exact input = get(index);
    long[] result = new long[Math.toIntExact(input.elements())];
    for (int i = 0; i < result.length; i++) {
      result[i] = input.wholeAt(i);
    }
    return result;
  }

  /** The only element of an integer input, or what counts where it is absent. */
  long whole(int index, long absent) {
    return has(index) ? get(index).wholeAt(0) : absent;
  }

  /** The only element of an input, or what counts where it is absent. */
  double real(int index, double absent) {
    return has(index) ? get(index).at(0) : absent;
  }
}
