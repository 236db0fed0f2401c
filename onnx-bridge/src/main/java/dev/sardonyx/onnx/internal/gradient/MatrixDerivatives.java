package dev.sardonyx.onnx.internal.gradient;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Det;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.MatrixOp;
import dev.sardonyx.api.op.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Matrix products. */
final class MatrixDerivatives {
  private MatrixDerivatives() {}

  static boolean handOn(MatrixOp op, Parts parts) {
    return switch (op) {
      case MatMul _ -> product(parts);
      case Gemm gemm -> gemm(gemm, parts);
      case Det _, Einsum _ -> false;
    };
  }

  private static boolean product(Parts parts) {
    Value a = parts.input(0);
    Value b = parts.input(1);
    if (parts.type(a).rank() < 2 || parts.type(b).rank() < 2) {
      return false;
    }
    if (parts.wants(0)) {
      parts.giveSummed(0, parts.add(new MatMul(), parts.dy(), turned(b, parts)));
    }
    if (parts.wants(1)) {
      parts.giveSummed(1, parts.add(new MatMul(), turned(a, parts), parts.dy()));
    }
    return true;
  }

  /** The matrices transposed. */
  private static Value turned(Value value, Parts parts) {
    int rank = parts.type(value).rank();
    List<Integer> perm = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    perm.add(rank - 2, perm.removeLast());
    return parts.add(new Transpose(perm), value);
  }

  private static boolean gemm(Gemm op, Parts parts) {
    Value a = parts.input(0);
    Value b = parts.input(1);
    Value dy = parts.dy();
    if (parts.wants(0)) {
      parts.give(
          0,
          op.transA()
              ? parts.add(new Gemm(op.alpha(), 1, op.transB(), true), b, dy)
              : parts.add(new Gemm(op.alpha(), 1, false, !op.transB()), dy, b));
    }
    if (parts.wants(1)) {
      parts.give(
          1,
          op.transB()
              ? parts.add(new Gemm(op.alpha(), 1, true, op.transA()), dy, a)
              : parts.add(new Gemm(op.alpha(), 1, !op.transA(), false), a, dy));
    }
    if (parts.wants(2)) {
      parts.giveSummed(2, parts.times(dy, parts.number(op.beta(), dy)));
    }
    return true;
  }
}
