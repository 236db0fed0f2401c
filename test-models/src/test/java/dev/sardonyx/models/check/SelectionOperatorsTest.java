package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.op.SelectionOp.Compress;
import dev.sardonyx.api.op.SelectionOp.NonMaxSuppression;
import dev.sardonyx.api.op.SelectionOp.NonZero;
import dev.sardonyx.api.op.SelectionOp.Unique;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Operators whose outputs are as long as the data says, on both engines. */
class SelectionOperatorsTest {
  private static Tensor x(int values, long... sizes) {
    var random = new Random(3);
    long count = 1;
    for (long size : sizes) {
      count *= size;
    }
    float[] elements = new float[(int) count];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = random.nextInt(values) - 1;
    }
    return Tensor.of(elements, sizes);
  }

  private static Tensor truth(boolean... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  void compress() {
    for (DType type : List.of(DType.FLOAT32, DType.INT64, DType.BOOL)) {
      Tensor x = x(9, 3, 4).dense().convert(type);
      agree(new Compress(Optional.of(0)), 2, x, truth(true, false, true));
      agree(new Compress(Optional.of(-1)), 2, x, truth(false, true));
      agree(new Compress(Optional.empty()), 2, x, truth(false, true, true, false, true, true));
      agree(new Compress(Optional.empty()), 2, x, truth(false));
    }
  }

  @Test
  void nonZero() {
    for (DType type : List.of(DType.FLOAT32, DType.INT64, DType.BOOL, DType.UINT8)) {
      agree(new NonZero(), x(3, 3, 4, 5).dense().convert(type));
      agree(new NonZero(), x(3, 17).dense().convert(type));
      agree(new NonZero(), x(3, 0, 2).dense().convert(type));
    }
  }

  /** Of rank 0, by the specification: no rows, and as many columns as there are. */
  @Test
  void nonZeroOfAScalarHasNoRows() {
    for (float value : new float[] {0, 3}) {
      Tensor found =
          Operations.applyAll(new NonZero(), List.of(Optional.of(Tensor.scalar(value)))).getFirst();
      assertThat(found.shape()).isEqualTo(Shape.of(0, value == 0 ? 0 : 1));
    }
  }

  @Test
  void unique() {
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT8)) {
      for (boolean sorted : List.of(true, false)) {
        agree(new Unique(Optional.empty(), sorted), x(6, 4, 5).dense().convert(type));
        agree(new Unique(Optional.empty(), sorted), x(60, 101).dense().convert(type));
        for (int axis : List.of(0, 1, -1)) {
          agree(new Unique(Optional.of(axis), sorted), x(2, 9, 2, 2).dense().convert(type));
          agree(new Unique(Optional.of(axis), sorted), x(2, 2, 9, 2).dense().convert(type));
          agree(new Unique(Optional.of(axis), sorted), x(2, 2, 1, 9).dense().convert(type));
        }
      }
    }
  }

  @Test
  void nonMaxSuppression() {
    var random = new Random(5);
    float[] boxes = new float[2 * 40 * 4];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = random.nextInt(20);
    }
    float[] scores = new float[2 * 3 * 40];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(12) / 12f; // some are equal
    }
    Tensor b = Tensor.of(boxes, 2, 40, 4);
    Tensor s = Tensor.of(scores, 2, 3, 40);
    Tensor most = Tensor.of(new long[] {7}, 1);
    for (boolean centers : List.of(true, false)) {
      var op = new NonMaxSuppression(centers);
      agree(op, 2, b, s);
      agree(op, 2, b, s, most);
      agree(op, 2, b, s, Tensor.of(new long[] {100}, 1), Tensor.of(new float[] {0.3f}, 1));
      agree(op, 5, b, s, most, Tensor.of(new float[] {1}, 1), Tensor.of(new float[] {0.5f}, 1));
      agree(op, 3, b, s, most, null, Tensor.of(new float[] {0.25f}, 1));
    }
  }

  @Test
  void rangesOfFloats() {
    agree(new FillOp.Range(), 3, Tensor.scalar(1f), Tensor.scalar(5.5f), Tensor.scalar(0.5f));
    agree(new FillOp.Range(), 3, Tensor.scalar(3f), Tensor.scalar(-1f), Tensor.scalar(-0.75f));
    agree(new FillOp.Range(), 3, Tensor.scalar(3f), Tensor.scalar(4f), Tensor.scalar(-1f));
    agree(new FillOp.Range(), 3, Tensor.scalar(2L), Tensor.scalar(9L), Tensor.scalar(3L));
    agree(new FillOp.Range(), 0, Tensor.scalar(1f), Tensor.scalar(2f), Tensor.scalar(0.1f));
  }
}
