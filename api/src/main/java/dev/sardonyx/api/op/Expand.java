package dev.sardonyx.api.op;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A tensor repeated along dims of 1 until it has the shape that it and the shape of input 1
 * broadcast to. Source: ONNX Expand.
 */
public record Expand() implements LayoutOp {
  @Override
  public String name() {
    return "Expand";
  }

  @Override
  public int sinceOpset() {
    return 8;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(2, 2).tensor(0, "input");
    TensorType shape = in.ranked(1, "shape", 1);
    if (in.contents(1).isPresent()) {
      try {
        return List.of(x.withShape(x.shape().broadcast(Shape.of(in.contents(1).get()))));
      } catch (SardonyxException clash) {
        throw in.ours(clash);
      }
    }
    boolean rankKnown = x.shape().isKnown() && shape.shape().isFixed();
    return List.of(
        x.withShape(
            rankKnown
                ? Shape.of(
                    Collections.nCopies(
                        (int) Math.max(x.rank(), shape.dim(0).fixed()), new Dim.Unknown()))
                : Shape.unknown()));
  }

  /** A single known element repeated. */
  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    Optional<List<Long>> shape = in.numbers(1);
    boolean small =
        in.contents(0).isPresent()
            && shape.isPresent()
            && shape.get().stream().reduce(1L, (a, b) -> Math.clamp(a * b, 0L, 1L << 30)) <= 1024;
    if (!small) {
      return Optional.empty();
    }
    List<Dim> elements = in.contents(0).get();
    long count = shape.get().stream().reduce(1L, (a, b) -> a * b);
    return elements.size() == 1
        ? Optional.of(Collections.nCopies((int) count, elements.getFirst()))
        : count == elements.size() || count == 1 ? Optional.of(elements) : Optional.empty();
  }
}
