package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.checkpoint.file.MemoryLimit;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors with their data: views of the storage where that is row-major, gathered once where it is
 * not, dequantized to float32.
 */
final class Tensors {
  private final MemoryLimit limit;
  private final Map<TensorView, DenseTensor> made = new HashMap<>();

  Tensors(MemoryLimit limit) {
    this.limit = limit;
  }

  /** Equal views of a storage give the same tensor. Errors: FORMAT, LIMIT. */
  DenseTensor of(TensorView view) {
    DenseTensor known = made.get(view);
    if (known == null) {
      known = dequantized(view, dense(view));
      made.put(view, known);
    }
    return known;
  }

  private DenseTensor dense(TensorView view) {
    Shape shape = Shape.of(sizes(view));
    long width = view.dtype().bytes(1);
    long bytes = view.dtype().bytes(view.elements());
    MemorySegment storage = view.storage().bytes();
    if (bytes == 0) {
      return DenseTensor.view(view.dtype(), shape, storage.asSlice(0, 0));
    }
    if (isRowMajor(view)) {
      return DenseTensor.view(view.dtype(), shape, storage.asSlice(view.offset() * width, bytes));
    }
    MemorySegment gathered = limit.allocate(view.dtype(), shape);
    new Gather(storage, gathered, view, (int) width).run();
    return DenseTensor.view(view.dtype(), shape, gathered);
  }

  private static long[] sizes(TensorView view) {
    return view.sizes().stream().mapToLong(Long::longValue).toArray();
  }

  private static boolean isRowMajor(TensorView view) {
    long expected = 1;
    for (int axis = view.sizes().size() - 1; axis >= 0; axis--) {
      long size = view.sizes().get(axis);
      if (size != 1 && view.strides().get(axis) != expected) {
        return false;
      }
      expected *= size;
    }
    return true;
  }

  private DenseTensor dequantized(TensorView view, DenseTensor integers) {
    return switch (view.quantization()) {
      case Quantization.None _ -> integers;
      case Quantization.PerTensor(double scale, long zeroPoint) ->
          dequantized(
              integers, new double[] {scale}, new double[] {zeroPoint}, integers.elements());
      case Quantization.PerChannel(var scales, var zeroPoints, int axis) -> {
        List<Long> inner = view.sizes().subList(axis + 1, view.sizes().size());
        long block = inner.stream().reduce(1L, Math::multiplyExact);
        yield dequantized(integers, numbers(of(scales)), numbers(of(zeroPoints)), block);
      }
    };
  }

  private static double[] numbers(DenseTensor tensor) {
    double[] result = new double[Math.toIntExact(tensor.elements())];
    for (int i = 0; i < result.length; i++) {
      result[i] = tensor.doubleAt(i);
    }
    return result;
  }

  /** Blocks of elements have the scales in turn. In float32, as torch computes it. */
  private DenseTensor dequantized(
      DenseTensor integers, double[] scales, double[] zeroPoints, long block) {
    MemorySegment result = limit.allocate(DType.FLOAT32, integers.shape());
    for (long i = 0; i < integers.elements(); i++) {
      int channel = (int) (i / block % scales.length);
      float real = (float) (integers.doubleAt(i) - zeroPoints[channel]) * (float) scales[channel];
      result.setAtIndex(ValueLayout.JAVA_FLOAT, i, real);
    }
    return DenseTensor.view(DType.FLOAT32, integers.shape(), result);
  }
}
