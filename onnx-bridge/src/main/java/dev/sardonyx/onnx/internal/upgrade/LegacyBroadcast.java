package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Broadcasting before opset 7: on request only, and the second input could start at any axis of the
 * first. Source: ONNX Add-6, PRelu-6.
 */
final class LegacyBroadcast {
  private LegacyBroadcast() {}

  /** Add, And, Div, Equal, Gemm, Greater, Less, Mul, Or, Pow, Sub, Xor. */
  static void binary(Draft node) {
    if (!node.olderThan(7)) {
      return;
    }
    boolean placed = node.attributes().bool("broadcast", false) && node.has("axis");
    int axis = node.attributes().int32("axis", 0);
    node.drop("axis", "broadcast");
    if (!placed) {
      return;
    }
    Optional<Integer> first = node.rank(0);
    Optional<Integer> second = node.rank(1);
    if (first.isEmpty() || second.isEmpty()) {
      node.refuse();
      return;
    }
    int trailing = first.get() - axis - second.get();
    if (axis < 0 || trailing < 0) {
      node.refuse();
    } else {
      appendAxes(node, second.get(), trailing);
    }
  }

  /** A slope with one element per channel lay at axis 1. */
  static void prelu(Draft node) {
    boolean vector = node.rank(1).filter(rank -> rank == 1).isPresent();
    if (!node.olderThan(7) || !vector) {
      return;
    }
    boolean shared = node.size(1, 0).filter(size -> size == 1).isPresent();
    Optional<Integer> rank = node.rank(0);
    if (rank.isPresent() && rank.get() > 2 && !shared) {
      appendAxes(node, 1, rank.get() - 2);
    } else if (rank.isEmpty() && !shared) {
      node.refuse();
    }
  }

  private static void appendAxes(Draft node, int rank, int count) {
    if (count > 0) {
      List<Long> axes = LongStream.range(rank, rank + count).boxed().toList();
      String wide =
          node.before("Unsqueeze", Attributes.none(), node.input(1), node.vector("axes", axes));
      node.input(1, wide);
    }
  }
}
