package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Polynomial;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dims as int64 tensors: constants where they are numbers; else computed, inside the trace, from
 * the shapes of tensors that have them and of the trace's inputs.
 */
final class DimTensors implements Polynomial.Arithmetic<Tensor> {
  private final List<Tensor> sources = new ArrayList<>();
  private final Map<Tensor, Tensor> shapes = new IdentityHashMap<>();

  private DimTensors(List<Tensor> near) {
    sources.addAll(near);
    sources.addAll(Operations.traceInputs());
  }

  /** A vector of dims. Errors: SHAPE for a symbol that no tensor at hand has, or an unknown dim. */
  static Tensor vector(List<Dim> dims, Tensor... near) {
    if (dims.stream().allMatch(Dim::isFixed)) {
      return Tensor.of(dims.stream().mapToLong(Dim::fixed).toArray(), dims.size());
    }
    var tensors = new DimTensors(List.of(near));
    List<Tensor> parts = dims.stream().map(tensors::element).toList();
    return parts.size() == 1 ? parts.getFirst() : Reshaping.cat(parts, 0);
  }

  /** A dim as a scalar. Errors: as above. */
  static Tensor scalar(Dim dim, Tensor... near) {
    return dim.isFixed()
        ? Tensor.scalar(dim.fixed())
        : Operations.apply(
            new AxesOp.Squeeze(), vector(List.of(dim), near), Tensor.of(new long[] {0}, 1));
  }

  private Tensor element(Dim dim) {
    Optional<Tensor> found = gathered(dim);
    if (found.isPresent()) {
      return found.get();
    }
    return switch (dim) {
      case Dim.Fixed(long value) -> constant(value);
      case Dim.Derived(Polynomial value) -> value.evaluate(this);
      case Dim.Symbol _, Dim.Unknown _ -> throw notThere(dim);
    };
  }

  /** From the first source that has the dim as one of its own. */
  private Optional<Tensor> gathered(Dim dim) {
    if (dim.isFixed()) {
      return Optional.empty();
    }
    for (Tensor source : sources) {
      int rank = source.shape().isKnown() ? source.rank() : 0;
      for (int axis = 0; axis < rank; axis++) {
        if (source.size(axis).sameAs(dim)) {
          Tensor shape = shapes.computeIfAbsent(source, x -> Operations.apply(new ShapeOf(), x));
          return Optional.of(
              Operations.apply(new Gather(0), shape, Tensor.of(new long[] {axis}, 1)));
        }
      }
    }
    return Optional.empty();
  }

  private SardonyxException notThere(Dim dim) {
    return new SardonyxException(
        ErrorCode.SHAPE,
        "dim "
            + dim
            + " is not known here: it is none of "
            + sources.stream().map(source -> source.type().toString()).toList());
  }

  @Override
  public Tensor constant(long value) {
    return Tensor.of(new long[] {value}, 1);
  }

  @Override
  public Tensor symbol(String name) {
    Dim dim = new Dim.Symbol(name);
    return gathered(dim).orElseThrow(() -> notThere(dim));
  }

  @Override
  public Tensor sum(Tensor a, Tensor b) {
    return Operations.apply(new BinaryOp.Add(), a, b);
  }

  @Override
  public Tensor product(Tensor a, Tensor b) {
    return Operations.apply(new BinaryOp.Mul(), a, b);
  }

  @Override
  public Tensor quotient(Tensor a, long divisor) {
    return Operations.apply(new BinaryOp.Div(), a, constant(divisor));
  }
}
