package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Dims of size 1 put in or taken out at the axes that input 1 names. */
public sealed interface AxesOp extends LayoutOp {

  /** Dims of size 1 put in; axes are those of the output. Source: ONNX Unsqueeze. */
  record Unsqueeze() implements AxesOp {
    @Override
    public String name() {
      return "Unsqueeze";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(2, 2).tensor(0, "data");
      Optional<List<Long>> axes = in.numbers(1);
      if (axes.isEmpty() || !x.shape().isKnown()) {
        return List.of(x.withShape(Shape.unknown()));
      }
      int rank = x.rank() + axes.get().size();
      List<Dim> dims = new ArrayList<>(x.shape().dims());
      for (int axis : sorted(in, axes.get(), rank)) {
        dims.add(axis, Dim.of(1));
      }
      return List.of(x.withShape(Shape.of(dims)));
    }
  }

  /** Dims of size 1 taken out, all of them when no axes are given. Source: ONNX Squeeze. */
  record Squeeze() implements AxesOp {
    @Override
    public String name() {
      return "Squeeze";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 2).tensor(0, "data");
      Optional<List<Long>> axes = in.numbers(1);
      boolean unknown = !x.shape().isKnown() || (in.has(1) ? axes.isEmpty() : !x.shape().isFixed());
      if (unknown) {
        return List.of(x.withShape(Shape.unknown()));
      }
      List<Dim> dims = new ArrayList<>(x.shape().dims());
      if (axes.isEmpty()) {
        dims.removeIf(Dim.of(1)::equals);
        return List.of(x.withShape(Shape.of(dims)));
      }
      for (int axis : sorted(in, axes.get(), x.rank()).descendingSet()) {
        in.requireEqual(
            "Squeeze", dims.remove(axis), Dim.of(1), "squeezed axis " + axis + " must be 1");
      }
      return List.of(x.withShape(Shape.of(dims)));
    }
  }

  @Override
  default int sinceOpset() {
    return 13;
  }

  @Override
  default Optional<List<Dim>> contents(Inputs in) {
    return in.contents(0);
  }

  private static TreeSet<Integer> sorted(Inputs in, List<Long> axes, int rank) {
    return new TreeSet<>(in.axes(axes, rank));
  }
}
