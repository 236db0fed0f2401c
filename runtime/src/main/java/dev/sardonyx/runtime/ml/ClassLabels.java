package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.ArrayList;
import java.util.List;

/** The labels of rows by the places of their classes. */
final class ClassLabels {
  private final List<?> labels;
  private final DType type;
  private final List<Object> chosen;

  ClassLabels(MlOp op, long rows) {
    List<String> strings = op.attributes().strings("classlabels_strings");
    type = strings.isEmpty() ? DType.INT64 : DType.STRING;
    labels = strings.isEmpty() ? op.integerLabels() : strings;
    chosen = new ArrayList<>((int) Math.min(rows, 1 << 16));
  }

  void add(int place) {
    chosen.add(labels.get(place));
  }

  /** The place of the largest score, the first of equals. */
  static int largest(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  DenseTensor tensor(Shape shape, Allocator memory) {
    return Labels.write(chosen, type, shape, memory);
  }
}
