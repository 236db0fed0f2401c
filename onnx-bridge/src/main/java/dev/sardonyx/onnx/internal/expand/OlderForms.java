package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.GridSample;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.QuantizationOp;
import dev.sardonyx.api.op.RegionOp;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.ScatterElements;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators in the forms that they had in older opsets. Source: ONNX's changelog of operators. */
final class OlderForms {
  private OlderForms() {}

  /** Whether there is an older form, or nodes that have one, and the parts are those. */
  static boolean rewrite(Node node, Parts parts) {
    return switch (node.op()) {
      case BinaryOp.Pow _ -> pow(parts);
      case Dropout _ -> dropout(node, parts);
      case GridSample op -> gridSample(op, parts);
      case NormalizationOp.Softmax(int axis) -> softmax(node.op(), axis, parts);
      case NormalizationOp.LogSoftmax(int axis) -> softmax(node.op(), axis, parts);
      case NormalizationOp.Hardmax(int axis) -> softmax(node.op(), axis, parts);
      case Pad op when parts.hasInput(3) -> padAllAxes(op, parts);
      case QuantizationOp op -> quantization(op, node, parts);
      case RegionOp.RoiAlign op -> roiAlign(op, node, parts);
      case Resize op -> ResizeDowngrade.rewrite(op, node, parts);
      case ScatterElements op -> scatter(op, node, parts);
      case ShapeOf op -> shape(op, parts);
      case VariadicOp op -> variadic(op, node, parts);
      case Split op when op.numOutputs() > 0 -> split(op, node, parts);
      default -> MovedInputs.rewrite(node, parts) || Axes.rewrite(node, parts);
    };
  }

  /** Before opset 12 both numbers had one type. */
  private static boolean pow(Parts parts) {
    boolean one =
        parts.input(1).type() instanceof TensorType exponent && exponent.dtype() == parts.dtype();
    if (one) {
      parts.older("Pow", Attributes.none(), List.of(parts.input(0), parts.input(1)));
    }
    return one;
  }

  /** Before opset 12 whoever ran it knew whether it trains; a mask need not have been filled. */
  private static boolean dropout(Node node, Parts parts) {
    Optional<DenseTensor> mode = parts.constant(2).filter(tensor -> tensor.elements() == 1);
    boolean trains = parts.hasInput(2) && (mode.isEmpty() || mode.get().doubleAt(0) != 0);
    boolean masked = node.outputs().size() > 1 && node.outputs().get(1).isPresent();
    if (trains || masked) {
      return false;
    }
    parts.older("Dropout", Attributes.none(), List.of(parts.input(0)));
    return true;
  }

  /** Before opset 8 all had one shape. */
  private static boolean variadic(VariadicOp op, Node node, Parts parts) {
    boolean one =
        parts.shape(0).filter(Shape::isFixed).isPresent()
            && node.inputs().stream().map(Value::type).distinct().count() == 1;
    if (one) {
      parts.older(op.name(), Attributes.none(), node.inputs());
    }
    return one;
  }

  /** Before opset 20 modes had names of two dims. */
  private static boolean gridSample(GridSample op, Parts parts) {
    if (!parts.rank().equals(Optional.of(4))) {
      return false;
    }
    String mode =
        switch (op.mode()) {
          case LINEAR -> "bilinear";
          case CUBIC -> "bicubic";
          case NEAREST -> "nearest";
        };
    Attributes attributes = op.attributes().with("mode", Attribute.of(mode));
    parts.older(op.name(), attributes, List.of(parts.input(0), parts.input(1)));
    return true;
  }

  /** Before opset 13 all dims from the axis on were one: an axis becomes the last. */
  private static boolean softmax(Op op, int axis, Parts parts) {
    Optional<Integer> rank = parts.rank().filter(r -> r > 0);
    if (rank.isEmpty()) {
      return false;
    }
    int last = rank.get() - 1;
    int place = axis < 0 ? axis + rank.get() : axis;
    Attributes attributes = Attributes.none().with("axis", Attribute.of(last));
    if (place == last) {
      parts.older(op.name(), attributes, List.of(parts.input(0)));
    } else {
      List<Integer> swapped = new ArrayList<>(IntStream.rangeClosed(0, last).boxed().toList());
      swapped.set(place, last);
      swapped.set(last, place);
      Value turned = parts.add(new Transpose(swapped), parts.input(0));
      Value result = parts.olderBetween(op.name(), attributes, turned);
      parts.last(new Transpose(swapped), result);
    }
    return true;
  }

  /** Before opset 18 the pads were for all axes. */
  private static boolean padAllAxes(Pad op, Parts parts) {
    Optional<DenseTensor> axes = parts.constant(3);
    Optional<DenseTensor> pads = parts.constant(1);
    Optional<Integer> rank = parts.rank();
    if (axes.isEmpty() || pads.isEmpty() || rank.isEmpty()) {
      return false;
    }
    int count = (int) axes.get().elements();
    long[] all = new long[2 * rank.get()];
    for (int i = 0; i < count; i++) {
      int axis = (int) axes.get().longAt(i);
      int place = axis < 0 ? axis + rank.get() : axis;
      all[place] = pads.get().longAt(i);
      all[place + rank.get()] = pads.get().longAt(i + count);
    }
    parts.same(op, parts.input(0), parts.vector(all), parts.input(2));
    return true;
  }

  /** Before opset 13 there was one scale. */
  private static boolean quantization(QuantizationOp op, Node node, Parts parts) {
    boolean one =
        parts.opset() >= 10
            && (op.name().equals("QuantizeLinear") || op.name().equals("DequantizeLinear"))
            && op.attributes().byName().isEmpty()
            && parts.shape(1).filter(scale -> scale.rank() == 0).isPresent();
    if (one) {
      parts.older(op.name(), Attributes.none(), node.ownInputs());
    }
    return one;
  }

  /** Before opset 16 regions were not shifted. */
  private static boolean roiAlign(RegionOp.RoiAlign op, Node node, Parts parts) {
    if (op.halfPixel()) {
      return false;
    }
    Attributes attributes = op.attributes();
    Map<String, Attribute> rest = new LinkedHashMap<>(attributes.byName());
    rest.remove("coordinate_transformation_mode");
    parts.older(op.name(), new Attributes(rest), node.ownInputs());
    return true;
  }

  /** Before opset 11 it was Scatter. */
  private static boolean scatter(ScatterElements op, Node node, Parts parts) {
    Optional<Attributes> attributes = Axes.fromFront(node, op.attributes(), parts);
    boolean plain = op.sinceOpset() == 11 && attributes.isPresent();
    if (plain) {
      parts.older("Scatter", attributes.orElseThrow(), node.ownInputs());
    }
    return plain;
  }

  /** Before opset 15 it gave all dims. */
  private static boolean shape(ShapeOf op, Parts parts) {
    if (op.sinceOpset() == 1) {
      return false;
    }
    Value whole = parts.add(new ShapeOf(), parts.input(0));
    Value start = parts.vector(op.start());
    Value end = parts.vector(op.end().orElse(Long.MAX_VALUE));
    parts.last(new Slice(), whole, start, end, parts.vector(0));
    return true;
  }

  /** Before opset 18 parts had one size where none are given, and the last was not smaller. */
  private static boolean split(Split op, Node node, Parts parts) {
    Optional<Shape> shape = parts.shape(0).filter(known -> known.rank() > 0);
    if (shape.isEmpty() || node.outputs().size() != op.numOutputs()) {
      return false;
    }
    int axis = op.axis() < 0 ? op.axis() + shape.get().rank() : op.axis();
    Dim dim = shape.get().dims().get(axis);
    if (!dim.isFixed() || dim.fixed() % op.numOutputs() == 0) {
      Attributes attributes = Attributes.none().with("axis", Attribute.of(axis));
      parts.older(op.name(), attributes, List.of(parts.input(0)));
      return true;
    }
    long each = Math.ceilDiv(dim.fixed(), op.numOutputs());
    long[] sizes = LongStream.generate(() -> each).limit(op.numOutputs()).toArray();
    sizes[sizes.length - 1] = dim.fixed() - each * (op.numOutputs() - 1);
    parts.same(new Split(op.axis(), 0), parts.input(0), parts.vector(sizes));
    return true;
  }
}
