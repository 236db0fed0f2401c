package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BitCast;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Elements under a byte are moved as others are: 1, -2, 0, ... in every type. */
class PackedTypesTest {
  private static final float[] SOME = {1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1};

  private static double[] numbers(Tensor x) {
    DenseTensor dense = x.dense();
    return LongStream.range(0, dense.elements()).mapToDouble(dense::doubleAt).toArray();
  }

  private static void same(DType type, Op op, Tensor... inputs) {
    Tensor[] packed = new Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      boolean moved = inputs[i].dtype() == DType.FLOAT32;
      packed[i] = moved ? inputs[i].dense().convert(type) : inputs[i];
    }
    Tensor expected = new NativeEvaluator().evaluate(op, given(inputs)).getFirst();
    Tensor found = new NativeEvaluator().evaluate(op, given(packed)).getFirst();
    assertThat(found.dtype()).isEqualTo(type);
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(numbers(found)).as(op + " on " + type).isEqualTo(numbers(expected));
    DenseTensor again = expected.dense().convert(type);
    assertThat(found.dense().segment().mismatch(again.segment())).isEqualTo(-1); // padding too
  }

  private static Tensor longs(long... values) {
    return Tensor.of(values, values.length);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT4", "UINT4", "INT2", "UINT2", "FLOAT4E2M1"})
  void layoutsAreThoseOfFloats(DType type) {
    Tensor x = Tensor.of(SOME, 3, 5);
    Tensor one = Tensor.scalar(1f);
    same(type, new Transpose(List.of(1, 0)), x);
    same(type, new Slice(), x, longs(1), longs(-1), longs(1), longs(2));
    same(type, new Concat(0), x, x, Tensor.of(new float[] {1, 0, 0, 1, 1}, 1, 5));
    same(type, new Expand(), Tensor.of(new float[] {1, 0, 1}, 3, 1), longs(2, 3, 3));
    same(type, new Tile(), x, longs(2, 3));
    same(type, new Gather(1), x, longs(4, -1, 0));
    same(type, new Pad(Pad.Mode.CONSTANT), x, longs(1, 0, 0, 2), one);
    same(type, new Pad(Pad.Mode.CONSTANT), x, longs(1, 0, 0, 2));
    same(type, new Pad(Pad.Mode.REFLECT), x, longs(1, 0, 0, 2));
    same(type, new Flatten(1), x);
    same(type, new AxesOp.Unsqueeze(), x, longs(0, 1, 2, 3));
    same(type, new UnaryOp.Identity(), x);
    same(type, new UnaryOp.Identity(), one);
    same(type, new Transpose(List.of()), Tensor.zeros(0, 3));
    boolean[] odd = new boolean[5];
    odd[1] = true;
    odd[4] = true;
    same(type, new Where(), Tensor.of(odd, 5), x, one);
  }

  @ParameterizedTest
  @EnumSource(names = {"UINT4", "FLOAT4E2M1"})
  void bitsOfFourAreReadAsAnotherType(DType to) {
    DenseTensor x = Tensor.of(new float[] {-1, 7, -8}, 3).dense().convert(DType.INT4);
    Tensor y = new NativeEvaluator().evaluate(new BitCast(to), given(x)).getFirst();
    assertThat(numbers(y))
        .containsExactly(to == DType.UINT4 ? new double[] {15, 7, 8} : new double[] {-6, 6, -0.0});
  }
}
