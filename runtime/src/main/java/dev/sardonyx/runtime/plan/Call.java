package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * One application of an operator to inputs of fixed types, for which a routine is wanted.
 *
 * @param inputs in the operator's order, empty where left out, then those of the tail
 */
public record Call(Op op, List<Optional<Operand>> inputs, List<TensorType> outputs, Tail tail) {
  public Call {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  Operand input(int index) {
    return inputs.get(index).orElseThrow();
  }

  long[] sizes(int index) {
    return input(index).sizes();
  }

  TensorType output() {
    return outputs.getFirst();
  }

  long[] outputSizes() {
    return output().shape().sizes();
  }
}
