package dev.sardonyx.runtime.interpret;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.SelectionOp.NonMaxSuppression;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.plan.SortKeys;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Boxes by falling score, each kept unless it overlaps one kept before it too much. */
final class SuppressionComputation {
  private static final int NUMBERS = 4;

  private final boolean centers;
  private final MemorySegment boxes;
  private final MemorySegment scores;
  private final long classes;
  private final long count;
  private final long most;
  private final float overlap;
  private final Optional<Float> least;
  private final long[] sizes;
  private long[] rows = new long[0];
  private int found;

  private SuppressionComputation(NonMaxSuppression op, List<Optional<Data>> inputs) {
    centers = op.centerPointBox();
    DenseTensor boxTensor = SelectionComputations.tensor(inputs, 0);
    DenseTensor scoreTensor = SelectionComputations.tensor(inputs, 1);
    boxes = boxTensor.segment();
    scores = scoreTensor.segment();
    sizes = scoreTensor.shape().sizes();
    classes = sizes[1];
    count = sizes[2];
    long[] boxSizes = boxTensor.shape().sizes();
    if (boxSizes[0] != sizes[0] || boxSizes[1] != count || boxSizes[2] != NUMBERS) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          "NonMaxSuppression: boxes %s and scores %s do not fit"
              .formatted(boxTensor.type(), scoreTensor.type()));
    }
    most = given(inputs, 2).map(tensor -> tensor.longAt(0)).orElse(0L);
    overlap = given(inputs, 3).map(tensor -> tensor.floatAt(0)).orElse(0f);
    least = given(inputs, 4).map(tensor -> tensor.floatAt(0));
    if (!(overlap >= 0 && overlap <= 1)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "NonMaxSuppression: iou_threshold must be within [0, 1], found " + overlap);
    }
  }

  private static Optional<DenseTensor> given(List<Optional<Data>> inputs, int index) {
    return index < inputs.size() && inputs.get(index).isPresent()
        ? Optional.of(SelectionComputations.tensor(inputs, index))
        : Optional.empty();
  }

  static List<Data> of(NonMaxSuppression op, List<Optional<Data>> inputs, Interpreter run) {
    var suppression = new SuppressionComputation(op, inputs);
    suppression.select(run);
    return List.of(suppression.result(run));
  }

  private void select(Interpreter run) {
    if (most <= 0) {
      return;
    }
    MemorySegment order = SelectionComputations.longs(count, run);
    MemorySegment spare = SelectionComputations.longs(count, run);
    var keys = new SortKeys(DType.FLOAT32, true);
    for (long batch = 0; batch < sizes[0]; batch++) {
      for (long c = 0; c < classes; c++) {
        long first = (batch * classes + c) * count;
        SortedIndices.sort(
            count,
            (a, b) -> Long.compare(keys.of(scores, first + b), keys.of(scores, first + a)),
            order,
            spare);
        select(batch, c, first, order);
      }
    }
  }

  private void select(long batch, long c, long firstScore, MemorySegment order) {
    int firstRow = found;
    for (long i = 0; i < count && (found - firstRow) < most; i++) {
      Cancellation.poll();
      long box = order.getAtIndex(JAVA_LONG, i);
      float score = scores.getAtIndex(JAVA_FLOAT_UNALIGNED, firstScore + box);
      boolean scored = least.isEmpty() || score > least.get();
      if (scored && !overlaps(batch, box, firstRow)) {
        keep(batch, c, box);
      }
    }
  }

  private boolean overlaps(long batch, long box, int firstRow) {
    for (int row = firstRow; row < found; row++) {
      if (share(corners(batch, box), corners(batch, rows[3 * row + 2])) > overlap) {
        return true;
      }
    }
    return false;
  }

  private void keep(long batch, long c, long box) {
    if (3 * (found + 1) > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(48, Math.multiplyExact(rows.length, 2)));
    }
    rows[3 * found] = batch;
    rows[3 * found + 1] = c;
    rows[3 * found + 2] = box;
    found++;
  }

  /** The corners of a box: least and greatest along its first axis, and along its second. */
  private float[] corners(long batch, long box) {
    long at = (batch * count + box) * NUMBERS;
    float a = boxes.getAtIndex(JAVA_FLOAT_UNALIGNED, at);
    float b = boxes.getAtIndex(JAVA_FLOAT_UNALIGNED, at + 1);
    float c = boxes.getAtIndex(JAVA_FLOAT_UNALIGNED, at + 2);
    float d = boxes.getAtIndex(JAVA_FLOAT_UNALIGNED, at + 3);
    return centers
        ? new float[] {a - c / 2, a + c / 2, b - d / 2, b + d / 2}
        : new float[] {Math.min(a, c), Math.max(a, c), Math.min(b, d), Math.max(b, d)};
  }

  /** The area that two boxes share over the area of both; 0 for boxes without area. */
  private static float share(float[] a, float[] b) {
    float height = Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
    float width = Math.min(a[3], b[3]) - Math.max(a[2], b[2]);
    if (!(height > 0 && width > 0)) {
      return 0;
    }
    float common = height * width;
    float areaA = (a[1] - a[0]) * (a[3] - a[2]);
    float areaB = (b[1] - b[0]) * (b[3] - b[2]);
    float both = areaA + areaB - common;
    return areaA > 0 && areaB > 0 && both > 0 ? common / both : 0;
  }

  private DenseTensor result(Interpreter run) {
    TensorType type = TensorType.of(DType.INT64, found, 3);
    MemorySegment result = run.allocate(type);
    MemorySegment.copy(rows, 0, result, JAVA_LONG, 0, 3 * found);
    return DenseTensor.view(DType.INT64, type.shape(), result);
  }
}
