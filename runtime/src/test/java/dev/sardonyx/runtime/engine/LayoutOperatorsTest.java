package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.check;
import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutOperatorsTest {
  @Test
  void shapesChangeAndElementsStay() {
    Tensor x = random(1, 2, 3, 4);
    float[] values = x.floats();
    Tensor axes = Tensor.of(new long[] {0, -1}, 2);
    check(new Flatten(2), Tensor.of(values, 6, 4), 0, x);
    check(new Flatten(0), Tensor.of(values, 1, 24), 0, x);
    check(new Flatten(-2), Tensor.of(values, 2, 12), 0, x);
    check(new UnaryOp.Identity(), x, 0, x);
    check(new Reshape(false), Tensor.of(values, 2, 12), 0, x, Tensor.of(new long[] {0, -1}, 2));
    check(new AxesOp.Unsqueeze(), Tensor.of(values, 1, 2, 3, 4, 1), 0, x, axes);
    Tensor thin = Tensor.of(values, 1, 24, 1);
    check(new AxesOp.Squeeze(), Tensor.of(values, 24), 0, thin, axes);
    check(new AxesOp.Squeeze(), Tensor.of(values, 24), 0, thin);
  }

  @Test
  void transposeMovesAxes() {
    Tensor x = random(2, 2, 3, 4, 5);
    int[][] orders = {{3, 2, 1, 0}, {0, 1, 2, 3}, {0, 2, 1, 3}, {0, 1, 3, 2}, {2, 3, 0, 1}};
    for (int[] order : orders) {
      var perm = Arrays.stream(order).boxed().toList();
      check(new Transpose(perm), Reference.transpose(x, order), 0, x);
    }
    check(new Transpose(List.of()), Reference.transpose(x, 3, 2, 1, 0), 0, x);
    check(new Transpose(List.of()), Tensor.scalar(3f), 0, Tensor.scalar(3f));
  }

  @Test
  void concatJoinsAlongAnyAxis() {
    Tensor a = random(1, 2, 3, 2);
    Tensor b = random(2, 2, 1, 2);
    Tensor none = Tensor.zeros(2, 0, 2);
    Tensor expected =
        Reference.build(
            new long[] {2, 4, 2},
            i -> i[1] < 3 ? Reference.at(a, i) : Reference.at(b, i[0], i[1] - 3, i[2]));
    check(new Concat(1), expected, 0, a, b);
    check(new Concat(-2), expected, 0, a, none, b);
    check(new Concat(0), Tensor.of(new float[] {1, 2, 3}, 3), 0, of(1), of(2, 3));
  }

  private static Tensor of(float... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  void gatherCountsNegativeIndicesFromTheEnd() {
    Tensor data = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Tensor rows = Tensor.of(new long[] {-1, 0, 0, 2}, 2, 2);
    check(new Gather(0), Tensor.of(new float[] {5, 6, 1, 2, 1, 2, 5, 6}, 2, 2, 2), 0, data, rows);
    check(new Gather(1), Tensor.of(new float[] {2, 4, 6}, 3), 0, data, Tensor.scalar(-1L));
  }

  @Test
  void gatherOutsideTheDataIsAnError() {
    var evaluator = new NativeEvaluator();
    var inputs = Operators.given(of(1, 2), Tensor.of(new long[] {1, 2}, 2));
    assertThatThrownBy(() -> evaluator.evaluate(new Gather(0), inputs))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Argument] Gather: index 2 is outside [-2, 1]");
  }

  @Test
  void shapeTellsDims() {
    check(new ShapeOf(), Tensor.of(new long[] {2, 0, 3}, 3), 0, Tensor.zeros(2, 0, 3));
    check(new ShapeOf(), Tensor.of(new long[0], 0), 0, Tensor.scalar(1f));
  }

  @Test
  void elementsOfEverySizeAreMoved() {
    for (DType type : DType.values()) {
      if (type.bits() < 8) {
        continue;
      }
      int bytes = type.bits() / 8;
      byte[] data = new byte[6 * bytes];
      for (int i = 0; i < data.length; i++) {
        data[i] = (byte) i;
      }
      Tensor x = DenseTensor.view(type, Shape.of(2, 3), MemorySegment.ofArray(data));
      var evaluator = new NativeEvaluator();
      Tensor moved =
          evaluator.evaluate(new Transpose(List.of(1, 0)), Operators.given(x)).getFirst();
      byte[] found = moved.dense().segment().toArray(ValueLayout.JAVA_BYTE);
      for (int i = 0; i < found.length; i++) {
        int element = i / bytes;
        int from = element % 2 * 3 + element / 2;
        assertThat(found[i]).as(type + " byte " + i).isEqualTo((byte) (from * bytes + i % bytes));
      }
      Tensor joined = evaluator.evaluate(new Concat(0), Operators.given(x, x)).getFirst();
      assertThat(joined.dense().segment().byteSize()).isEqualTo(2L * data.length);
    }
  }

  @Test
  void permuteNamesEveryAxis() {
    // torch.zeros(2, 3).permute() fails: number of dims don't match
    assertThatThrownBy(() -> Tensor.zeros(2, 3).permute())
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining(
            "permute: the order must name each axis of float32[2, 3] once, found []");
    assertThat(Tensor.scalar(1f).permute().rank()).isZero();
  }

  @Test
  void dataAtAnyAddressIsRead() {
    var bytes = new byte[9];
    MemorySegment odd = MemorySegment.ofArray(bytes).asSlice(1);
    odd.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4, 2f);
    DenseTensor view = DenseTensor.view(DType.FLOAT32, Shape.of(2), odd);
    assertThat(view.floats()).containsExactly(0, 2);
    assertThat(view.floatAt(1)).isEqualTo(2);
    assertThat(view).hasToString("float32[2] {0.0, 2.0}");
  }

  @Test
  void onlyVectorsAreKnownByTheirElements() {
    var net = new Graphs();
    var x = net.input("x", "n", "3");
    var axis = net.constant("axis", Tensor.of(new long[] {0}, 1));
    var row = net.add(new AxesOp.Unsqueeze(), net.add(new ShapeOf(), x), axis);
    var first = net.add(new AxesOp.Squeeze(), net.add(new Gather(0), row, axis), axis);
    var y = net.add(new Reshape(false), x, first);
    assertThat(y.tensorType().rank()).isEqualTo(2); // (n, 3), not (n)
  }
}
