package dev.sardonyx.processor.follow;

import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.CommonType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.List;

/** What is known of a variable after paths of which one is taken. */
final class Values {
  private final ShapeRecorder recorder;

  Values(ShapeRecorder recorder) {
    this.recorder = recorder;
  }

  /** What holds of each of the values; unknown where there is none. */
  Object common(List<Object> values) {
    return values.stream().reduce(this::common).orElse(Special.UNKNOWN);
  }

  private Object common(Object a, Object b) {
    if (isSame(a, b)) {
      return a;
    }
    if (a instanceof Tensor first && b instanceof Tensor second) {
      return CommonType.of(first.type(), second.type())
          .filter(TensorType.class::isInstance)
          .<Object>map(type -> recorder.tensor((TensorType) type))
          .orElse(Special.UNKNOWN);
    }
    return Special.UNKNOWN;
  }

  /** Whether two values are one and the same, or equal values without identity. */
  static boolean isSame(Object a, Object b) {
    return a == b || (isPlain(a) && a.equals(b));
  }

  private static boolean isPlain(Object value) {
    return value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof String
        || value instanceof Dim
        || value instanceof Shape;
  }
}
