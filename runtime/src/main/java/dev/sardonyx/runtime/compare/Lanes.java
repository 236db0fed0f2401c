package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.tensor.DenseTensor;
import java.lang.foreign.MemorySegment;
import java.util.stream.LongStream;

/**
 * The elements of a tensor of a shape along one of its axes: lane by lane.
 *
 * @param size elements of a lane
 * @param stride from one to the next
 */
record Lanes(long size, long stride) {

  /** Along an axis of a tensor of these sizes. */
  static Lanes of(long[] sizes, int axis) {
    long stride = 1;
    for (int i = axis + 1; i < sizes.length; i++) {
      stride *= sizes[i];
    }
    return new Lanes(sizes[axis], stride);
  }

  /** The lane that an element lies in, by its number. */
  long lane(long element) {
    return element / (size * stride) * stride + element % stride;
  }

  /** Where an element of a lane lies. */
  long element(long lane, long index) {
    return lane / stride * size * stride + lane % stride + index * stride;
  }

  /** A tensor whose lanes are in order; the type and shape are the same. */
  static DenseTensor sorted(DenseTensor tensor, int axis) {
    Lanes lanes = of(tensor.shape().sizes(), axis);
    if (tensor.elements() == 0 || tensor.dtype().bits() % Byte.SIZE != 0) {
      return tensor;
    }
    long bytes = tensor.dtype().bits() / Byte.SIZE;
    MemorySegment out = DenseTensor.allocate(tensor.dtype(), tensor.shape());
    for (long lane = 0; lane < tensor.elements() / lanes.size; lane++) {
      long one = lane;
      long[] order =
          LongStream.range(0, lanes.size)
              .map(i -> lanes.element(one, i))
              .boxed()
              .sorted((i, j) -> Double.compare(tensor.doubleAt(i), tensor.doubleAt(j)))
              .mapToLong(i -> i)
              .toArray();
      for (int i = 0; i < order.length; i++) {
        long to = lanes.element(lane, i) * bytes;
        MemorySegment.copy(tensor.segment(), order[i] * bytes, out, to, bytes);
      }
    }
    return DenseTensor.view(tensor.dtype(), tensor.shape(), out);
  }
}
