package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;

/** A matrix of scores that is written row by row. */
final class ScoreTable {
  private final TensorType type;
  private final Elements elements;
  private final MemorySegment data;

  ScoreTable(DType dtype, long rows, long columns, Allocator memory) {
    type = TensorType.of(dtype, rows, columns);
    elements = new Elements(dtype);
    data = memory.allocate(type);
  }

  void write(long row, double[] scores) {
    for (int column = 0; column < scores.length; column++) {
      elements.real(data, row * scores.length + column, scores[column]);
    }
  }

  DenseTensor tensor() {
    return DenseTensor.view(type.dtype(), type.shape(), data);
  }
}
