package dev.sardonyx.runtime.vote;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;

/** A tensor that is there: floats of any width are widened to float64 exactly. */
record Given(TensorType type, MemorySegment segment, Elements reader) implements Exact {
  static Given of(DenseTensor tensor) {
    return new Given(tensor.type(), tensor.segment(), new Elements(tensor.dtype()));
  }

  @Override
  public double at(long index) {
    return dtype() == DType.FLOAT32
        ? segment.getAtIndex(JAVA_FLOAT_UNALIGNED, index)
        : reader.number(segment, index);
  }

  @Override
  public long wholeAt(long index) {
    return reader.integer(segment, index);
  }

  @Override
  public long work() {
    return 1;
  }
}
