package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import java.util.List;
import java.util.Optional;

/** Axes counted from the front, as most operators demanded before opset 11. */
final class Axes {
  private static final int FROM_THE_BACK = 11;

  private Axes() {}

  /** Whether an operator is older with its axis counted from the front, and has become that. */
  static boolean rewrite(Node node, Parts parts) {
    Attributes attributes = node.op().attributes();
    Optional<Op> op =
        fromFront(node, attributes, parts)
            .filter(found -> !found.equals(attributes))
            .flatMap(found -> Operators.read(node.op().name(), found))
            .filter(found -> found.sinceOpset() < node.op().sinceOpset());
    op.ifPresent(parts::same);
    return op.isPresent();
  }

  /** Attributes with axis and axes from the front; empty where the rank must be known for that. */
  static Optional<Attributes> fromFront(Node node, Attributes attributes, Parts parts) {
    Attributes result = attributes;
    for (String name : List.of("axis", "axes")) {
      Attribute axes = attributes.byName().get(name);
      if (axes != null && isNegative(axes)) {
        Optional<Integer> rank = parts.rank();
        if (rank.isPresent()) {
          boolean grows = node.op() instanceof AxesOp.Unsqueeze;
          int count = axes instanceof Attribute.Ints(List<Long> list) && grows ? list.size() : 0;
          result = result.with(name, plus(axes, rank.get() + count));
        } else if (parts.opset() < FROM_THE_BACK) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(result);
  }

  private static boolean isNegative(Attribute axes) {
    return axes instanceof Attribute.IntValue(long axis) && axis < 0
        || axes instanceof Attribute.Ints(List<Long> list) && list.stream().anyMatch(a -> a < 0);
  }

  private static Attribute plus(Attribute axes, int rank) {
    return switch (axes) {
      case Attribute.IntValue(long axis) -> Attribute.of(axis + rank);
      case Attribute.Ints(List<Long> list) ->
          new Attribute.Ints(list.stream().map(axis -> axis < 0 ? axis + rank : axis).toList());
      default -> axes;
    };
  }
}
