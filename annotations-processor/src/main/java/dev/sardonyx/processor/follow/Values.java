package dev.sardonyx.processor.follow;

import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
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
      return common(first.type(), second.type());
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

  private Object common(TensorType a, TensorType b) {
    return a.dtype() == b.dtype()
        ? recorder.tensor(new TensorType(a.dtype(), common(a.shape(), b.shape())))
        : Special.UNKNOWN;
  }

  private static Shape common(Shape a, Shape b) {
    if (!a.isKnown() || !b.isKnown() || a.rank() != b.rank()) {
      return Shape.unknown();
    }
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < a.rank(); axis++) {
      dims.add(a.dim(axis).sameAs(b.dim(axis)) ? a.dim(axis) : new Dim.Unknown());
    }
    return Shape.of(dims);
  }
}
