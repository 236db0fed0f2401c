package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** The outputs of a loop that are stacked from one element per round. */
final class ScanOutputs {
  private final Body body;
  private final int first;
  private final List<List<Data>> elements = new ArrayList<>();

  /** The outputs of a body from the first that is stacked. */
  ScanOutputs(Body body, int first) {
    this.body = body;
    this.first = first;
    for (int i = first; i < body.outputCount(); i++) {
      elements.add(new ArrayList<>());
    }
  }

  /** Adds what one round gave. */
  void add(List<Data> outputs, Interpreter interpreter) {
    for (int i = 0; i < elements.size(); i++) {
      Data element = outputs.get(first + i);
      interpreter.hold(element);
      elements.get(i).add(element);
    }
  }

  /** The outputs, each along its axis; reversed where it is filled from its end. */
  List<Data> stacked(IntUnaryOperator axes, IntPredicate reversed, Interpreter interpreter) {
    List<Data> results = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      List<Data> list = elements.get(i);
      if (reversed.test(i)) {
        Collections.reverse(list);
      }
      results.add(
          list.isEmpty()
              ? empty(i, axes.applyAsInt(i))
              : SequenceComputations.joined(list, axes.applyAsInt(i), true, interpreter));
      list.forEach(interpreter::release);
    }
    return results;
  }

  /** Without rounds, dims that are not known are 0. */
  private Data empty(int index, int axis) {
    Value output = ((GraphBody) body).graph().outputs().get(first + index);
    if (!(output.type() instanceof TensorType(DType dtype, Shape shape))) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "the type of " + output + " is not known without a round");
    }
    List<Dim> dims = new ArrayList<>();
    if (shape.isKnown()) {
      shape.dims().forEach(dim -> dims.add(dim.isFixed() ? dim : Dim.of(0)));
    }
    dims.add(axis < 0 ? axis + dims.size() + 1 : axis, Dim.of(0));
    Shape empty = Shape.of(dims);
    return dtype == DType.STRING
        ? DenseTensor.ofStrings(List.of(), empty)
        : DenseTensor.view(dtype, empty, DenseTensor.allocate(dtype, empty));
  }
}
