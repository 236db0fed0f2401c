package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.GatherND;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.ReverseSequence;
import dev.sardonyx.api.op.ScatterElements;
import dev.sardonyx.api.op.ScatterND;
import dev.sardonyx.api.op.ScatterReduction;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators that find and place elements by indices, on both engines. */
class ScatterOperatorsTest {
  private static final float NAN = Float.NaN;

  private static Tensor x(long... sizes) {
    float[] values = new float[count(sizes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 37 % 23 - 9;
    }
    return Tensor.of(values, sizes);
  }

  private static int count(long... sizes) {
    return Math.toIntExact(Arrays.stream(sizes).reduce(1, (a, b) -> a * b));
  }

  private static Tensor ids(long[] sizes, long... values) {
    return Tensor.of(values, sizes);
  }

  private static Tensor n(long... values) {
    return Tensor.of(values, values.length);
  }

  private static long[] of(long... sizes) {
    return sizes;
  }

  @Test
  void gatherND() {
    agree(new GatherND(0), 2, x(3, 4, 5), ids(of(2, 2), 0, -1, 2, 1));
    agree(new GatherND(0), 2, x(3, 4, 5), ids(of(1, 3), -3, -4, 4));
    agree(new GatherND(0), 2, x(3, 4), ids(of(2), 1, 1));
    agree(new GatherND(1), 2, x(2, 3, 4), ids(of(2, 1), 2, -1));
    agree(new GatherND(1), 2, x(2, 3, 4), ids(of(2, 2, 2), 0, 0, 1, 1, 2, 3, -1, -1));
    agree(new GatherND(2), 2, x(2, 3, 4, 2), ids(of(2, 3, 1), 0, 1, 2, 3, -1, -2));
    agree(new GatherND(0), 2, x(3, 4), ids(of(0, 2)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT16", "INT8", "UINT8", "INT64", "BOOL"})
  void elementsOfEveryTypeAreMoved(DType type) {
    Tensor data = x(3, 4).dense().convert(type);
    agree(new GatherND(0), 2, data, ids(of(2, 1), 2, 0));
    agree(new GatherElements(1), 2, data, ids(of(2, 2), -1, 0, 2, 2));
    Tensor updates = x(2, 2).dense().convert(type);
    Op elements = new ScatterElements(1, ScatterReduction.NONE);
    agree(elements, 3, data, ids(of(2, 2), 1, 0, -1, 2), updates);
    agree(
        new ScatterND(ScatterReduction.NONE),
        3,
        data,
        ids(of(2, 2, 2), 0, 1, 2, 2, 1, 3, 0, 0),
        updates);
  }

  @ParameterizedTest
  @EnumSource
  void scatterElements(ScatterReduction reduction) {
    for (DType type :
        List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT32, DType.UINT8)) {
      Tensor data = x(3, 4, 5).dense().convert(type);
      Tensor updates = x(2, 3, 2).dense().convert(type);
      Tensor twice = ids(of(2, 3, 2), 0, 0, 1, 1, -1, 2, 0, 0, 0, 1, -2, 2);
      boolean replaced = reduction == ScatterReduction.NONE;
      for (int axis : List.of(0, 1, -1)) {
        Tensor once = ids(of(2, 3, 2), 0, 1, 1, 2, 2, 0, 1, 2, 2, 0, 0, 1);
        agree(
            new ScatterElements(axis, reduction),
            3,
            data,
            replaced && axis != 1 ? once : twice,
            updates);
      }
      agree(
          new ScatterElements(0, reduction),
          3,
          data,
          ids(of(0, 4, 5)),
          x(0, 4, 5).dense().convert(type));
    }
  }

  @ParameterizedTest
  @EnumSource
  void scatterND(ScatterReduction reduction) {
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT32)) {
      Tensor data = x(4, 3, 2).dense().convert(type);
      boolean replaced = reduction == ScatterReduction.NONE;
      Tensor rows = replaced ? ids(of(2, 1), 3, 0) : ids(of(2, 1), -1, 3);
      agree(new ScatterND(reduction), 3, data, rows, x(2, 3, 2).dense().convert(type));
      agree(
          new ScatterND(reduction),
          3,
          data,
          ids(of(1, 2, 3), 0, 1, 1, -1, -3, -2),
          x(1, 2).dense().convert(type));
      agree(new ScatterND(reduction), 3, data, ids(of(0, 2)), x(0, 2).dense().convert(type));
    }
  }

  @Test
  void reverseSequence() {
    agree(new ReverseSequence(1, 0), 2, x(4, 3), n(4, 1, 2));
    agree(new ReverseSequence(0, 1), 2, x(3, 4, 2), n(4, 1, 3));
  }

  @Test
  void topK() {
    for (boolean largest : List.of(true, false)) {
      for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT32)) {
        Tensor x = x(3, 29, 4).dense().convert(type);
        agree(new TopK(1, largest, true), x, n(7));
        agree(new TopK(-3, largest, true), x, n(3));
        agree(new TopK(-1, largest, true), x, n(1));
      }
      Tensor equals = Tensor.of(new float[] {2, 1, 2, -0f, 0, 2, 1, 0, -0f}, 9);
      agree(new TopK(0, largest, true), equals, n(9));
      agree(new TopK(0, largest, true), equals, n(5));
      agree(new TopK(-1, largest, true), x(2, 3), n(0));
    }
  }

  @Test
  void notANumberIsLargerThanAllElse() {
    // torch.topk(torch.tensor([1, nan, -inf, inf, nan]), 3) and largest=False
    Tensor x =
        Tensor.of(new float[] {1, NAN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, NAN}, 5);
    assertIndices(new TopK(0, true, true), x, 1, 4, 3);
    assertIndices(new TopK(0, false, true), x, 2, 0, 3);
  }

  private static void assertIndices(Op op, Tensor x, long... expected) {
    List<Tensor> found = Operations.applyAll(op, List.of(Optional.of(x), Optional.of(n(3))));
    assertThat(found.get(1).dense().longs()).containsExactly(expected);
  }

  @Test
  void whatIsOutsideIsRefused() {
    Tensor one = Tensor.of(new float[] {1}, 1);
    assertRefused("index 3 is outside [-3, 2]", new GatherND(0), x(3, 4), ids(of(1, 1), 3));
    assertRefused("index -4 is outside", new GatherND(0), x(3, 4), ids(of(1, 1), -4));
    assertRefused(
        "index 9223372036854775807 is", new GatherND(0), x(3, 4), ids(of(1, 1), Long.MAX_VALUE));
    assertRefused(
        "index -9223372036854775808 is", new GatherND(0), x(3, 4), ids(of(1, 1), Long.MIN_VALUE));
    assertRefused("exceed data", new GatherElements(0), x(3, 1), ids(of(1, 2), 0, 0));
    for (ScatterReduction reduction : ScatterReduction.values()) {
      assertRefused("is outside", new ScatterElements(0, reduction), x(3), n(-4), one);
      assertRefused("is outside", new ScatterND(reduction), x(3), ids(of(1, 1), 3), one);
    }
    assertRefused(
        "exceed data",
        new ScatterElements(0, ScatterReduction.NONE),
        x(3, 1),
        ids(of(1, 2), 0, 0),
        x(1, 2));
    assertRefused("K must be within [0, 3]", new TopK(0, true, true), x(3), n(4));
    assertRefused("K must be within", new TopK(0, true, true), x(3), n(-1));
    assertRefused("must be within [0, 2]", new ReverseSequence(1, 0), x(2, 1), n(3));
  }

  private static void assertRefused(String message, Op op, Tensor... inputs) {
    List<Optional<Tensor>> given = Arrays.stream(inputs).map(Optional::of).toList();
    assertThatThrownBy(() -> Operations.applyAll(op, given))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining(message);
  }
}
