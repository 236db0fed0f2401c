package dev.sardonyx.onnx.internal.gradient;

import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.Transpose;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that put elements elsewhere: their derivatives go back. */
final class LayoutDerivatives {
  private LayoutDerivatives() {}

  static boolean handOn(LayoutOp op, Parts parts) {
    switch (op) {
      case Reshape _, Flatten _, AxesOp _ ->
          parts.give(
              0,
              parts.add(new Reshape(true), parts.dy(), parts.add(new ShapeOf(), parts.input(0))));
      case Transpose(List<Integer> perm) ->
          parts.give(0, parts.add(new Transpose(inverse(perm)), parts.dy()));
      case Expand _ -> parts.giveSummed(0, parts.dy());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** All reversed, which no perm means, is reversed by itself. */
  private static List<Integer> inverse(List<Integer> perm) {
    return IntStream.range(0, perm.size()).mapToObj(perm::indexOf).toList();
  }
}
