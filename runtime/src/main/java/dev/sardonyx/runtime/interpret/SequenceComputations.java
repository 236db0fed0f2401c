package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sequences made, changed and taken from: values are shared, not copied. */
final class SequenceComputations {
  private SequenceComputations() {}

  static Computation of(SequenceOp.Listing op) {
    return (inputs, interpreter) -> {
      ValueType type = Interpreter.types(op, inputs).getFirst();
      return List.of(
          switch (op) {
            case SequenceOp.SequenceEmpty _ -> sequence(type, List.of());
            case SequenceOp.SequenceConstruct _ ->
                sequence(type, ControlComputations.present(inputs));
            case SequenceOp.SequenceInsert _ -> sequence(type, inserted(inputs));
            case SequenceOp.SequenceErase _ -> sequence(type, erased(inputs));
            case SequenceOp.SequenceAt _ -> {
              List<Data> values = values(inputs);
              int last = values.size() - 1;
              yield values.get(position(op, inputs, 1, last, last));
            }
            case SequenceOp.SequenceLength _ -> Tensor.scalar((long) values(inputs).size());
            case SequenceOp.ConcatFromSequence concat ->
                joined(values(inputs), concat.axis(), concat.newAxis(), interpreter);
          });
    };
  }

  private static List<Data> inserted(List<Optional<Data>> inputs) {
    List<Data> values = new ArrayList<>(values(inputs));
    int size = values.size();
    values.add(
        position(new SequenceOp.SequenceInsert(), inputs, 2, size, size),
        inputs.get(1).orElseThrow());
    return values;
  }

  private static List<Data> erased(List<Optional<Data>> inputs) {
    List<Data> values = new ArrayList<>(values(inputs));
    int last = values.size() - 1;
    values.remove(position(new SequenceOp.SequenceErase(), inputs, 1, last, last));
    return values;
  }

  static SequenceData sequence(ValueType type, List<Data> values) {
    return new SequenceData(((SequenceType) type).element(), values);
  }

  private static List<Data> values(List<Optional<Data>> inputs) {
    return values(inputs.getFirst().orElseThrow());
  }

  /** The elements of a sequence. Errors: DTYPE for another value. */
  static List<Data> values(Data data) {
    if (data instanceof SequenceData(_, List<Data> values)) {
      return values;
    }
    throw new SardonyxException(ErrorCode.DTYPE, "expected a sequence, found " + data.type());
  }

  /** The position that an input gives, from the front. Errors: SHAPE outside the sequence. */
  private static int position(
      SequenceOp op, List<Optional<Data>> inputs, int index, int otherwise, int last) {
    int size = values(inputs).size();
    long position = otherwise;
    if (index < inputs.size() && inputs.get(index).isPresent()) {
      DenseTensor given = ((Tensor) inputs.get(index).get()).dense();
      position = given.longAt(0);
    }
    long fromFront = position < 0 ? position + size : position;
    if (fromFront < 0 || fromFront > last) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          op.name()
              + ": position "
              + position
              + " is outside [-"
              + size
              + ", "
              + last
              + "] of a sequence of "
              + size);
    }
    return (int) fromFront;
  }

  /** Tensors one after the other along an axis of theirs, or along a new one. */
  static Data joined(List<Data> values, int axis, boolean newAxis, Interpreter interpreter) {
    if (values.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.SHAPE, "an empty sequence cannot be concatenated: its shape is not known");
    }
    List<Optional<Data>> parts = new ArrayList<>();
    Tensor axes = Tensor.of(new long[] {axis}, 1);
    for (Data value : values) {
      Cancellation.poll();
      parts.add(
          Optional.of(
              newAxis
                  ? interpreter
                      .evaluate(
                          new AxesOp.Unsqueeze(), List.of(Optional.of(value), Optional.of(axes)), 1)
                      .getFirst()
                  : value));
    }
    return interpreter.evaluate(new Concat(axis), parts, 1).getFirst();
  }
}
