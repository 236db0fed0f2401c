package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Axes in another order: axis i of the output is axis perm[i] of the input; an empty perm reverses
 * all. Source: ONNX Transpose.
 */
public record Transpose(List<Integer> perm) implements LayoutOp {
  public Transpose {
    perm = List.copyOf(perm);
  }

  @Override
  public String name() {
    return "Transpose";
  }

  @Override
  public int sinceOpset() {
    return 1;
  }

  @Override
  public Attributes attributes() {
    return perm.isEmpty()
        ? Attributes.none()
        : Attributes.none().with("perm", Attribute.ofInts(perm));
  }

  static Transpose read(Attributes attributes) {
    return new Transpose(attributes.only("perm").ints("perm").orElse(List.of()));
  }

  /** The order for a tensor of this rank. */
  public List<Integer> order(int rank) {
    return perm.isEmpty() && rank > 0
        ? IntStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList()
        : perm;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(1, 1).tensor(0, "data");
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    List<Integer> order = order(x.rank());
    boolean permutation =
        order.stream().sorted().toList().equals(IntStream.range(0, x.rank()).boxed().toList());
    if (!permutation) {
      throw in.argumentError("perm " + perm + " must hold each axis of " + x + " once");
    }
    return List.of(x.withShape(Shape.of(order.stream().map(x::dim).toList())));
  }
}
