package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;

/** Lists of numbers in attributes: floats, or a tensor of the same name with an ending. */
final class Numbers {
  private Numbers() {}

  static double[] of(Attributes attributes, String name) {
    if (attributes.byName().get(name + "_as_tensor")
        instanceof Attribute.TensorValue(DType dtype, _, var bytes)) {
      var elements = new Elements(dtype);
      MemorySegment segment = MemorySegment.ofBuffer(bytes);
      double[] values = new double[(int) (segment.byteSize() * 8 / dtype.bits())];
      for (int i = 0; i < values.length; i++) {
        values[i] = elements.number(segment, i);
      }
      return values;
    }
    return attributes.floats(name).stream().mapToDouble(Float::doubleValue).toArray();
  }
}
