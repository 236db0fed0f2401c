package dev.sardonyx.api.op;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * Matrix product as numpy.matmul: (...,M,K) x (...,K,N) -> (...,M,N) with leading dims broadcast; a
 * vector stands for a single row on the left, a single column on the right. Source: ONNX MatMul.
 */
public record MatMul() implements MatrixOp {
  @Override
  public String name() {
    return "MatMul";
  }

  @Override
  public int sinceOpset() {
    return 1;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(2, 2);
    return List.of(new TensorType(in.sameDType(0, 1), product(in, 0, 1)));
  }

  /** The shape of the product, given where A and B are among the inputs. */
  static Shape product(Inputs in, int aAt, int bAt) {
    Shape a = in.atLeastRank(aAt, "A", 1).shape();
    Shape b = in.atLeastRank(bAt, "B", 1).shape();
    if (!a.isKnown() || !b.isKnown()) {
      return Shape.unknown();
    }
    Dim rows = b.dim(b.rank() == 1 ? 0 : -2);
    in.requireEqual("MatMul", a.dim(-1), rows, "columns of A must equal rows of B");
    List<Dim> dims = new ArrayList<>(leading(in, a, b).dims());
    if (a.rank() > 1) {
      dims.add(a.dim(-2));
    }
    if (b.rank() > 1) {
      dims.add(b.dim(-1));
    }
    return Shape.of(dims);
  }

  private static Shape leading(Inputs in, Shape a, Shape b) {
    try {
      return batch(a).broadcast(batch(b));
    } catch (SardonyxException clash) {
      throw in.shapeError(
          "Broadcast", a, b, "leading dims of A " + a + " and B " + b + " must broadcast");
    }
  }

  private static Shape batch(Shape shape) {
    return Shape.of(shape.dims().subList(0, Math.max(0, shape.rank() - 2)));
  }

  @Override
  public Dim multiplyAdds(Inputs in, List<ValueType> outputs) {
    Shape y = ((TensorType) outputs.getFirst()).shape();
    Shape a = in.tensor(0, "A").shape();
    return y.isKnown() && a.isKnown() ? y.elements().times(a.dim(-1)) : new Dim.Unknown();
  }
}
