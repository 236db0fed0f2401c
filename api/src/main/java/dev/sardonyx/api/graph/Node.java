package dev.sardonyx.api.graph;

import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import java.util.List;
import java.util.Optional;

/** One application of an operator; absent optional inputs and outputs are {@link Value#absent}. */
public record Node(String name, Op op, List<Value> inputs, List<Value> outputs, Origin origin) {
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The first output. */
  public Value output() {
    return outputs.getFirst();
  }

  /** The inputs that the operator declares, without what its graphs take from around them. */
  public List<Value> ownInputs() {
    return inputs.subList(0, inputs.size() - captures());
  }

  /** How many of the last inputs are what its graphs take from around them. */
  public int captures() {
    return op.bodies().isEmpty() ? 0 : op.bodies().getFirst().captures();
  }

  /** The inputs by type alone, as inference takes them. */
  public Inputs inferenceInputs() {
    return new Inputs(
        op.name(),
        inputs.stream()
            .map(
                value ->
                    value.isPresent()
                        ? Optional.of(Inputs.Input.of(value.type()))
                        : Optional.<Inputs.Input>empty())
            .toList());
  }

  /** Name and source line, as messages show them: {@code gemm_2, SimpleFfn.java:17}. */
  public String place() {
    return name + origin.source().map(line -> ", " + line).orElse("");
  }
}
