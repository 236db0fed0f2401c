package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Resize before opset 13, when more inputs had to be there, and before 11, when it was Upsample.
 */
final class ResizeDowngrade {
  private ResizeDowngrade() {}

  static boolean rewrite(Resize op, Node node, Parts parts) {
    boolean plain = op.sinceOpset() <= 13;
    return plain && (parts.opset() >= 11 ? withAllInputs(op, node, parts) : upsample(op, parts));
  }

  /** What is not given is a tensor without elements. */
  private static boolean withAllInputs(Resize op, Node node, Parts parts) {
    if (parts.hasInput(1) && parts.hasInput(2)) {
      return false;
    }
    Value none = parts.constant("none", Tensor.zeros(0).dense());
    Value region = parts.hasInput(1) ? parts.input(1) : none;
    Value scales = parts.hasInput(2) ? parts.input(2) : none;
    parts.older(
        op.name(),
        op.attributes(),
        node.ownInputs().size() > 3
            ? List.of(parts.input(0), region, scales, parts.input(3))
            : List.of(parts.input(0), region, scales));
    return true;
  }

  /** Elements lay at multiples of 1 / scale, and the nearest was the one before. */
  private static boolean upsample(Resize op, Parts parts) {
    Optional<DenseTensor> scales = parts.constant(2).filter(ResizeDowngrade::grows);
    boolean floor = op.nearest() == Resize.Nearest.FLOOR || op.mode() != Resize.Mode.NEAREST;
    boolean same =
        op.coordinates() == Resize.Coordinates.ASYMMETRIC
            && op.mode() != Resize.Mode.CUBIC
            && floor
            && !op.excludeOutside();
    if (!same || scales.isEmpty() || parts.hasInput(3)) {
      return false;
    }
    String mode = op.mode().name().toLowerCase(Locale.ROOT);
    Attributes attributes = Attributes.none().with("mode", Attribute.of(mode));
    if (parts.opset() >= 9) {
      String operator = parts.opset() == 9 ? "Upsample" : op.name();
      parts.older(operator, attributes, List.of(parts.input(0), parts.input(2)));
    } else {
      List<Float> numbers =
          LongStream.range(0, scales.get().elements())
              .mapToObj(i -> (float) scales.get().doubleAt(i))
              .toList();
      parts.older(
          "Upsample",
          attributes.with("scales", new Attribute.Floats(numbers)),
          List.of(parts.input(0)));
    }
    return true;
  }

  private static boolean grows(DenseTensor scales) {
    return scales.elements() > 0
        && LongStream.range(0, scales.elements()).allMatch(i -> scales.doubleAt(i) >= 1);
  }
}
