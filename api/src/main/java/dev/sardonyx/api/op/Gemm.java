package dev.sardonyx.api.op;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * General matrix product: Y = alpha * A' * B' + beta * C, with A' = A or its transpose. Shapes:
 * (M,K) x (K,N) -> (M,N), C broadcasts to (M,N). Source: ONNX Gemm.
 */
public record Gemm(float alpha, float beta, boolean transA, boolean transB) implements MatrixOp {
  @Override
  public String name() {
    return "Gemm";
  }

  @Override
  public int sinceOpset() {
    return 7;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("alpha", Attribute.of(alpha), Attribute.of(1f))
        .with("beta", Attribute.of(beta), Attribute.of(1f))
        .with("transA", Attribute.of(transA), Attribute.of(false))
        .with("transB", Attribute.of(transB), Attribute.of(false));
  }

  static Gemm read(Attributes attributes) {
    attributes.only("alpha", "beta", "transA", "transB");
    return new Gemm(
        attributes.floating("alpha", 1f),
        attributes.floating("beta", 1f),
        attributes.bool("transA", false),
        attributes.bool("transB", false));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType a = in.requireCount(2, 3).ranked(0, "A", 2);
    TensorType b = in.ranked(1, "B", 2);
    in.sameDType(0, 1);
    if (!a.shape().isKnown() || !b.shape().isKnown()) {
      return List.of(TensorType.of(a.dtype(), new Dim.Unknown(), new Dim.Unknown()));
    }
    in.requireEqual(
        "MatMul",
        a.dim(transA ? 0 : 1),
        b.dim(transB ? 1 : 0),
        "columns of A' must equal rows of B'");
    TensorType y = TensorType.of(a.dtype(), a.dim(transA ? 1 : 0), b.dim(transB ? 0 : 1));
    if (in.has(2)) {
      in.sameDType(0, 2);
      requireBroadcast(in, in.tensor(2, "C").shape(), y.shape());
    }
    return List.of(y);
  }

  private static void requireBroadcast(Inputs in, Shape c, Shape y) {
    try {
      if (c.isKnown() && c.rank() <= 2) {
        c.broadcast(y);
        return;
      }
    } catch (SardonyxException clash) {
      throw in.shapeError("Broadcast", y, c, "C must broadcast to Y, found " + c + " and " + y);
    }
    if (c.isKnown()) {
      throw in.shapeError("Rank", "rank 2 or less", c, "C must have rank 2 or less, found " + c);
    }
  }

  @Override
  public Dim multiplyAdds(Inputs in, List<ValueType> outputs) {
    Dim k = in.tensor(0, "A").dim(transA ? 0 : 1);
    return ((TensorType) outputs.getFirst()).shape().elements().times(k);
  }
}
