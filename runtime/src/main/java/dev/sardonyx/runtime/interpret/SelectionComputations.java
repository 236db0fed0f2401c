package dev.sardonyx.runtime.interpret;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Elements selected by a condition or by what they are. */
final class SelectionComputations {
  private SelectionComputations() {}

  static Computation of(SelectionOp op) {
    return switch (op) {
      case SelectionOp.Compress compress -> (inputs, run) -> compress(compress, inputs, run);
      case SelectionOp.NonZero _ -> (inputs, run) -> nonZero(tensor(inputs, 0), run);
      case SelectionOp.Unique unique ->
          (inputs, run) -> UniqueComputation.of(unique, tensor(inputs, 0), run);
      case SelectionOp.NonMaxSuppression suppression ->
          (inputs, run) -> SuppressionComputation.of(suppression, inputs, run);
    };
  }

  /** A tensor among inputs. Errors: DTYPE. */
  static DenseTensor tensor(List<Optional<Data>> inputs, int index) {
    Data data = inputs.get(index).orElseThrow();
    if (data instanceof Tensor tensor) {
      return tensor.dense();
    }
    throw new SardonyxException(
        ErrorCode.DTYPE, "input " + index + " must be a tensor, found " + data.type());
  }

  /** Zeroed room for int64 elements. Errors: LIMIT. */
  static MemorySegment longs(long count, Interpreter run) {
    return run.allocate(TensorType.of(DType.INT64, count));
  }

  /** A tensor of int64 on memory. */
  static DenseTensor vector(MemorySegment longs) {
    return DenseTensor.view(DType.INT64, Shape.of(longs.byteSize() / Long.BYTES), longs);
  }

  /** Elements, or slices along an axis, at indices. */
  static Data gather(DenseTensor x, Optional<Integer> axis, DenseTensor indices, Interpreter run) {
    DenseTensor from = axis.isPresent() ? x : x.reshaped(Shape.of(x.elements()));
    return run.evaluate(
            new Gather(axis.orElse(0)), List.of(Optional.of(from), Optional.of(indices)), 1)
        .getFirst();
  }

  private static List<Data> compress(
      SelectionOp.Compress op, List<Optional<Data>> inputs, Interpreter run) {
    DenseTensor x = tensor(inputs, 0);
    DenseTensor condition = tensor(inputs, 1);
    long extent =
        op.axis().map(axis -> x.shape().sizes()[x.shape().axis(axis)]).orElse(x.elements());
    var truth = new Elements(DType.BOOL);
    for (long i = extent; i < condition.elements(); i++) {
      Cancellation.pollAt(i);
      if (truth.integer(condition.segment(), i) != 0) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "Compress: condition is true at %d, beyond the %d that there are".formatted(i, extent));
      }
    }
    MemorySegment places =
        places(condition.elements(), i -> truth.integer(condition.segment(), i) != 0, run);
    return List.of(gather(x, op.axis(), vector(places), run));
  }

  /** The numbers up to n that a condition holds for. */
  private static MemorySegment places(long n, LongPredicate condition, Interpreter run) {
    long count = 0;
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      count += condition.test(i) ? 1 : 0;
    }
    MemorySegment result = longs(count, run);
    long at = 0;
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      if (condition.test(i)) {
        result.setAtIndex(JAVA_LONG, at++, i);
      }
    }
    return result;
  }

  private static List<Data> nonZero(DenseTensor x, Interpreter run) {
    MemorySegment places = places(x.elements(), isNotZero(x), run);
    long count = places.byteSize() / Long.BYTES;
    long[] sizes = x.shape().sizes();
    TensorType type = TensorType.of(DType.INT64, sizes.length, count);
    MemorySegment result = run.allocate(type);
    for (long i = 0; i < count; i++) {
      Cancellation.pollAt(i);
      long rest = places.getAtIndex(JAVA_LONG, i);
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        result.setAtIndex(JAVA_LONG, axis * count + i, rest % sizes[axis]);
        rest /= sizes[axis];
      }
    }
    return List.of(DenseTensor.view(DType.INT64, type.shape(), result));
  }

  private static LongPredicate isNotZero(DenseTensor x) {
    if (x.dtype() == DType.STRING) {
      return i -> !x.strings().get((int) i).isEmpty();
    }
    var elements = new Elements(x.dtype());
    return i -> elements.number(x.segment(), i) != 0;
  }
}
