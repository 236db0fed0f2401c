package dev.sardonyx.onnx.internal.gradient;

import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A node on the way back: its values, the derivative by its output, and what it hands on. */
final class Parts {
  private final Node node;
  private final Map<String, Value> derivatives;
  private final Set<String> varying;
  private final Recorder recorder;
  private final List<Map.Entry<String, Value>> handed = new ArrayList<>();

  Parts(Node node, Map<String, Value> derivatives, Set<String> varying, Recorder recorder) {
    this.node = node;
    this.derivatives = derivatives;
    this.varying = varying;
    this.recorder = recorder;
  }

  Value input(int index) {
    return index < node.inputs().size() ? node.inputs().get(index) : Value.absent();
  }

  Value output() {
    return node.output();
  }

  /** The derivative by the output. */
  Value dy() {
    return Objects.requireNonNull(derivatives.get(output().name()));
  }

  /** Whether the derivative by an input is asked for. */
  boolean wants(int index) {
    return varying.contains(input(index).name());
  }

  /** Hands on the derivative by an input, of its shape. */
  void give(int index, Value derivative) {
    if (wants(index)) {
      handed.add(Map.entry(input(index).name(), derivative));
    }
  }

  /** Hands on the derivative by an input that was broadcast to the output. */
  void giveSummed(int index, Value derivative) {
    if (wants(index)) {
      give(index, summed(derivative, input(index)));
    }
  }

  List<Map.Entry<String, Value>> handed() {
    return handed;
  }

  Value add(Op op, Value... inputs) {
    return recorder.add(op, inputs);
  }

  Value times(Value a, Value b) {
    return add(new BinaryOp.Mul(), a, b);
  }

  /** A number of the type of a value. */
  Value number(double number, Value like) {
    return number(number, like, recorder);
  }

  Value vector(long... elements) {
    return recorder.constant("vector", Tensor.of(elements, elements.length).dense());
  }

  TensorType type(Value value) {
    if (value.type() instanceof TensorType tensor && tensor.shape().isKnown()) {
      return tensor;
    }
    throw because("the rank of " + value.name() + " is not known");
  }

  private static Value number(double number, Value like, Recorder recorder) {
    if (!(like.type() instanceof TensorType type) || !type.dtype().isFloat()) {
      throw refused("Gradient: " + like + " is no tensor of real numbers");
    }
    DenseTensor tensor = Tensor.of(new double[] {number}).dense();
    return recorder.constant("number", tensor.convert(type.dtype()));
  }

  /** A tensor of one number in the shape of another. */
  static Value filled(double number, Value like, Recorder recorder) {
    return recorder.add(
        new Expand(), number(number, like, recorder), recorder.add(new ShapeOf(), like));
  }

  /** The sum over the axes along which a value was broadcast. */
  private Value summed(Value derivative, Value value) {
    Shape whole = type(derivative).shape();
    Shape part = type(value).shape();
    int more = whole.rank() - part.rank();
    List<Long> axes = new ArrayList<>();
    for (int axis = 0; axis < whole.rank(); axis++) {
      Dim dim = axis < more ? Dim.of(1) : part.dim(axis - more);
      if (axis < more || dim.isFixed() && dim.fixed() == 1) {
        axes.add((long) axis);
      } else if (dim instanceof Dim.Unknown || !dim.equals(whole.dim(axis))) {
        throw because("whether " + value + " is broadcast to " + whole + " is not known");
      }
    }
    if (axes.isEmpty()) {
      return derivative;
    }
    var sum = new ReductionOp.Reduce(ReductionOp.Reduction.SUM, true);
    Value result = add(sum, derivative, vector(axes.stream().mapToLong(a -> a).toArray()));
    return more == 0 ? result : add(new Reshape(true), result, add(new ShapeOf(), value));
  }

  SardonyxException because(String why) {
    return refused("Gradient through " + node.op().name() + " (" + node.place() + "): " + why);
  }

  private static SardonyxException refused(String message) {
    return SardonyxException.unsupported(
        message, List.of(Lack.operator(TrainingOp.DOMAIN, "Gradient", 1)));
  }
}
