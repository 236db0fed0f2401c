package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * One application of an operator to inputs of fixed types, for which a routine is wanted.
 *
 * @param inputs in the operator's order, empty where left out, then those of the tail
 * @param outputs in the operator's order, empty where left out
 * @param order where channels are
 */
public record Call(
    Op op,
    List<Optional<Operand>> inputs,
    List<Optional<TensorType>> outputs,
    Tail tail,
    Order order) {
  /** A call on tensors in ONNX's order. */
  public Call(
      Op op, List<Optional<Operand>> inputs, List<Optional<TensorType>> outputs, Tail tail) {
    this(op, inputs, outputs, tail, Order.FIRST);
  }

  public Call {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** What a stage of a graph computes alone. */
  static Call of(Graph graph, Stage stage) {
    return new Call(
        stage.op(),
        stage.inputs().stream().map(value -> operand(graph, value)).toList(),
        stage.outputs().stream()
            .map(value -> Optional.of(value).filter(Value::isPresent).map(Value::tensorType))
            .toList(),
        stage.tail(),
        stage.order());
  }

  private static Optional<Operand> operand(Graph graph, Value value) {
    if (!value.isPresent()) {
      return Optional.empty();
    }
    DenseTensor constant = graph.initializers().get(value.name());
    return Optional.of(constant == null ? Operand.of(value.tensorType()) : Operand.of(constant));
  }

  /** Whether all that has channels has them last. */
  boolean channelsLast() {
    return order == Order.LAST;
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

  boolean hasOutput(int index) {
    return index < outputs.size() && outputs.get(index).isPresent();
  }

  TensorType output() {
    return output(0);
  }

  TensorType output(int index) {
    return outputs.get(index).orElseThrow();
  }

  long[] outputSizes() {
    return output().shape().sizes();
  }

  /** Bytes of an element of the first input, which the first output's are where it is moved. */
  int elementBytes() {
    return input(0).dtype().bits() / 8;
  }

  /** An input that the plan depends on. Errors: UNSUPPORTED where it comes with each run. */
  DenseTensor constant(int index) {
    return input(index)
        .constant()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.UNSUPPORTED,
                    "the native engine needs a constant as input " + index + " of " + op.name()));
  }

  /** The elements of an integer input that the plan depends on. Errors: as above. */
  long[] numbers(int index) {
    DenseTensor numbers = constant(index);
    return LongStream.range(0, numbers.elements()).map(numbers::longAt).toArray();
  }

  /** The axes of input 0 that an input names, from the front; others where there is no input. */
  List<Integer> axes(int index, List<Integer> otherwise) {
    Shape shape = input(0).type().shape();
    return has(index)
        ? Arrays.stream(numbers(index))
            .mapToObj(axis -> shape.axis(Math.clamp(axis, Integer.MIN_VALUE, Integer.MAX_VALUE)))
            .toList()
        : otherwise;
  }
}
