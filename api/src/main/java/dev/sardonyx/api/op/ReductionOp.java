package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reductions over axes, which are an input. */
public sealed interface ReductionOp extends Op {

  /** The mean over the axes that input 1 names, or over all. Source: ONNX ReduceMean. */
  record ReduceMean(boolean keepdims) implements ReductionOp {
    @Override
    public String name() {
      return "ReduceMean";
    }

    @Override
    public int sinceOpset() {
      return 18;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("keepdims", Attribute.of(keepdims), Attribute.of(true));
    }

    static ReduceMean read(Attributes attributes) {
      return new ReduceMean(attributes.only("keepdims").bool("keepdims", true));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 2).tensor(0, "data");
      Optional<List<Long>> axes = in.numbers(1);
      if (!x.shape().isKnown() || (in.has(1) && axes.isEmpty())) {
        return List.of(x.withShape(Shape.unknown()));
      }
      Set<Integer> reduced =
          axes.filter(list -> !list.isEmpty())
              .map(
                  list ->
                      list.stream()
                          .map(axis -> in.axis(x.shape(), axis))
                          .collect(Collectors.toSet()))
              .orElseGet(() -> IntStream.range(0, x.rank()).boxed().collect(Collectors.toSet()));
      if (axes.isPresent() && !axes.get().isEmpty() && reduced.size() != axes.get().size()) {
        throw in.shapeError("axes " + axes.get() + " must name axes of " + x + ", each once");
      }
      List<Dim> dims = new ArrayList<>();
      for (int axis = 0; axis < x.rank(); axis++) {
        if (!reduced.contains(axis)) {
          dims.add(x.dim(axis));
        } else if (keepdims) {
          dims.add(Dim.of(1));
        }
      }
      return List.of(x.withShape(Shape.of(dims)));
    }
  }
}
