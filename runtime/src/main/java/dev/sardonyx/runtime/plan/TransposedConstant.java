package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What makes a large constant from another by a Transpose: products pack the other and never ask
 * for it.
 *
 * @param of the other, which is no transposed one itself
 * @param order axis i is axis order[i] of the other
 */
public record TransposedConstant(DenseTensor of, List<Integer> order, Evaluator evaluator)
    implements DenseTensor.Source {
  public TransposedConstant {
    order = List.copyOf(order);
  }

  /** A constant with its axes in another order. Errors: those of Transpose once data is needed. */
  public static DenseTensor tensor(DenseTensor constant, List<Integer> order, Evaluator evaluator) {
    Optional<TransposedConstant> before = source(constant);
    DenseTensor first = before.map(TransposedConstant::of).orElse(constant);
    List<Integer> whole =
        before.map(found -> order.stream().map(found.order()::get).toList()).orElse(order);
    if (whole.equals(identity(whole.size()))) {
      return first;
    }
    long[] sizes = first.shape().sizes();
    var shape = Shape.of(whole.stream().mapToLong(axis -> sizes[axis]).toArray());
    var source = new TransposedConstant(first, whole, evaluator);
    return DenseTensor.deferred(constant.dtype(), shape, source);
  }

  /** The constant of whose matrices those of a tensor are the transposed ones. */
  static Optional<DenseTensor> matrices(DenseTensor tensor) {
    return source(tensor).filter(TransposedConstant::isOfMatrices).map(TransposedConstant::of);
  }

  /** A tensor with the same elements, in any order, whose data is there. */
  static DenseTensor elements(DenseTensor tensor) {
    return source(tensor).map(TransposedConstant::of).orElse(tensor);
  }

  private static Optional<TransposedConstant> source(DenseTensor tensor) {
    return tensor
        .source()
        .flatMap(
            source ->
                source instanceof TransposedConstant found ? Optional.of(found) : Optional.empty());
  }

  private boolean isOfMatrices() {
    int rank = order.size();
    List<Integer> swapped = new ArrayList<>(identity(rank));
    Collections.swap(swapped, rank - 2, rank - 1);
    return order.equals(swapped);
  }

  private static List<Integer> identity(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  @Override
  public MemorySegment make() {
    List<Optional<Tensor>> input = List.of(Optional.of(of));
    return evaluator.evaluate(new Transpose(order), input, 1).getFirst().dense().segment();
  }
}
