package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.DFT;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Inputs that were attributes in older forms of an operator: where they are constant, they become
 * attributes again. Source: ONNX's changelog of operators.
 */
final class MovedInputs {
  private MovedInputs() {}

  /** The kind of an attribute. */
  private enum Kind {
    INT,
    INTS,
    FLOAT
  }

  /** An input that was an attribute. */
  private record Moved(int input, String attribute, Kind kind) {}

  /**
   * An operator that had them.
   *
   * @param until the opset of the first form that did not
   * @param attributes what else it had
   */
  private record Form(int until, Set<String> attributes, List<Moved> moved) {
    Form(int until, Set<String> attributes, Moved... moved) {
      this(until, attributes, List.of(moved));
    }
  }

  private static Optional<Form> form(String operator) {
    var axes = new Moved(1, "axes", Kind.INTS);
    return Optional.ofNullable(
        switch (operator) {
          case "Clip" ->
              new Form(
                  11, Set.of(), new Moved(1, "min", Kind.FLOAT), new Moved(2, "max", Kind.FLOAT));
          case "DFT" -> new Form(20, Set.of("inverse", "onesided"), new Moved(2, "axis", Kind.INT));
          case "Pad" ->
              new Form(
                  11,
                  Set.of("mode"),
                  new Moved(1, "pads", Kind.INTS),
                  new Moved(2, "value", Kind.FLOAT));
          case "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax" ->
              new Form(18, Set.of("keepdims"), axes);
          case "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSumSquare" ->
              new Form(18, Set.of("keepdims"), axes);
          case "ReduceSum" -> new Form(13, Set.of("keepdims"), axes);
          case "Slice" ->
              new Form(
                  10,
                  Set.of(),
                  new Moved(1, "starts", Kind.INTS),
                  new Moved(2, "ends", Kind.INTS),
                  new Moved(3, "axes", Kind.INTS));
          case "Split" -> new Form(13, Set.of("axis"), new Moved(1, "split", Kind.INTS));
          case "Squeeze", "Unsqueeze" -> new Form(13, Set.of(), axes);
          case "TopK" -> new Form(10, Set.of("axis"), new Moved(1, "k", Kind.INT));
          default -> null;
        });
  }

  /** Whether the node has become one in which they are attributes. */
  static boolean rewrite(Node node, Parts parts) {
    Optional<Form> form = form(node.op().name()).filter(f -> parts.opset() < f.until());
    boolean sameMeaning =
        form.isPresent()
            && node.op().sinceOpset() <= form.get().until()
            && form.get().attributes().containsAll(node.op().attributes().byName().keySet())
            && onesAt(4, parts);
    if (!sameMeaning) {
      return false;
    }
    Attributes attributes = node.op().attributes();
    for (Moved moved : form.get().moved()) {
      Optional<Attribute> value = value(moved, node, parts);
      if (value.isPresent()) {
        attributes = attributes.with(moved.attribute(), value.get());
      } else if (parts.hasInput(moved.input()) && !isAll(moved, node, parts)) {
        return false;
      }
    }
    Optional<Attributes> placed = Axes.fromFront(node, attributes, parts);
    placed.ifPresent(all -> parts.older(node.op().name(), all, stay(form.get(), parts)));
    return placed.isPresent();
  }

  /** The first input, and what is between those that move. */
  private static List<Value> stay(Form form, Parts parts) {
    List<Value> inputs = new ArrayList<>(List.of(parts.input(0)));
    if (form.moved().getFirst().input() == 2) {
      inputs.add(parts.input(1));
    }
    return inputs;
  }

  /** A reduction along no axes named is along all. */
  private static boolean isAll(Moved moved, Node node, Parts parts) {
    return node.op() instanceof ReductionOp
        && parts.constant(moved.input()).filter(axes -> axes.elements() == 0).isPresent();
  }

  /** The steps of Slice, which was without. */
  private static boolean onesAt(int input, Parts parts) {
    return !parts.hasInput(input)
        || parts.constant(input).filter(steps -> integers(steps).allMatch(s -> s == 1)).isPresent();
  }

  private static LongStream integers(DenseTensor tensor) {
    return LongStream.range(0, tensor.elements()).map(tensor::longAt);
  }

  private static Optional<Attribute> value(Moved moved, Node node, Parts parts) {
    Optional<DenseTensor> tensor = parts.constant(moved.input());
    return switch (moved.kind()) {
      case INTS -> tensor.flatMap(MovedInputs::list);
      case INT ->
          parts.hasInput(moved.input())
              ? tensor.filter(t -> t.elements() == 1).map(t -> Attribute.of(t.longAt(0)))
              : node.op() instanceof DFT ? Optional.of(Attribute.of(-2)) : Optional.empty();
      case FLOAT ->
          parts.hasInput(moved.input())
              ? tensor.flatMap(MovedInputs::number)
              : unbounded(moved.attribute());
    };
  }

  private static Optional<Attribute> list(DenseTensor tensor) {
    boolean integers = tensor.dtype() == DType.INT64 || tensor.dtype() == DType.INT32;
    return integers && tensor.elements() > 0
        ? Optional.of(new Attribute.Ints(integers(tensor).boxed().toList()))
        : Optional.empty();
  }

  /** A number that float32 holds, as attributes are. */
  private static Optional<Attribute> number(DenseTensor tensor) {
    return Optional.of(tensor)
        .filter(t -> t.elements() == 1 && t.dtype().isFloat())
        .map(t -> t.doubleAt(0))
        .filter(value -> Double.compare((float) value.doubleValue(), value) == 0)
        .map(value -> Attribute.of(value.floatValue()));
  }

  /** The bounds of Clip had finite defaults. */
  private static Optional<Attribute> unbounded(String attribute) {
    return switch (attribute) {
      case "min" -> Optional.of(Attribute.of(Float.NEGATIVE_INFINITY));
      case "max" -> Optional.of(Attribute.of(Float.POSITIVE_INFINITY));
      default -> Optional.empty();
    };
  }
}
