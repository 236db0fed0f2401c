package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.check;
import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ElementwiseOperatorsTest {
  private static final double CLOSE = 1e-6;

  @Test
  void unaryFunctionsAgreeWithTheirDefinitions() {
    Map<Op, DoubleUnaryOperator> functions = new LinkedHashMap<>();
    functions.put(new UnaryOp.Relu(), x -> Math.max(x, 0));
    functions.put(new ActivationOp.LeakyRelu(0.25f), x -> x < 0 ? 0.25 * x : x);
    functions.put(new UnaryOp.Sigmoid(), x -> 1 / (1 + Math.exp(-x)));
    functions.put(new UnaryOp.Tanh(), Math::tanh);
    functions.put(new UnaryOp.Exp(), Math::exp);
    functions.put(new UnaryOp.Log(), Math::log);
    functions.put(new UnaryOp.Sqrt(), Math::sqrt);
    functions.put(new UnaryOp.Neg(), x -> -x);
    functions.put(new UnaryOp.Identity(), x -> x);
    for (Tensor x : new Tensor[] {random(1, 3, 37), Tensor.scalar(0.5f), Tensor.zeros(2, 0)}) {
      functions.forEach(
          (op, function) ->
              check(
                  op,
                  Reference.build(
                      x.shape().sizes(), i -> function.applyAsDouble(Reference.at(x, i))),
                  CLOSE,
                  x));
    }
  }

  @Test
  void binaryOperandsBroadcastEachWay() {
    long[][][] shapes = {
      {{2, 3}, {2, 3}},
      {{2, 3}, {3}},
      {{3}, {2, 3}},
      {{2, 1}, {1, 3}},
      {{}, {2, 2}},
      {{2, 2}, {}},
      {{}, {}},
      {{4, 1, 5}, {3, 1}},
      {{2, 3, 4, 5}, {3, 1, 1}},
      {{1, 3, 1, 5}, {2, 1, 4, 1}},
      {{2, 0}, {1}},
    };
    Map<Op, DoubleBinaryOperator> functions = new LinkedHashMap<>();
    functions.put(new BinaryOp.Add(), Double::sum);
    functions.put(new BinaryOp.Sub(), (a, b) -> a - b);
    functions.put(new BinaryOp.Mul(), (a, b) -> a * b);
    functions.put(new BinaryOp.Div(), (a, b) -> a / b);
    for (long[][] pair : shapes) {
      Tensor a = random(2, pair[0]);
      Tensor b = random(3, pair[1]);
      functions.forEach((op, f) -> check(op, Reference.binary(a, b, f), CLOSE, a, b));
    }
  }

  @Test
  void preluTakesASlopePerChannel() {
    Tensor x = random(4, 2, 3, 4);
    Tensor slope = random(5, 3, 1);
    Tensor expected = Reference.binary(x, slope, (a, b) -> a < 0 ? a * b : a);
    check(new BinaryOp.PRelu(), expected, CLOSE, x, slope);
  }

  @Test
  void longsWrapAroundAndDivideTowardsZero() {
    Tensor a = Tensor.of(new long[] {-7, 7, Long.MIN_VALUE, Long.MAX_VALUE}, 4);
    Tensor b = Tensor.of(new long[] {2, -2, -1, 1}, 4);
    assertThat(Operations.apply(new BinaryOp.Div(), a, b).longs())
        .containsExactly(-3, -3, Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(a.add(b).longs()).containsExactly(-5, 5, Long.MAX_VALUE, Long.MIN_VALUE);
    assertThat(a.sub(Tensor.scalar(1L)).longs()[2]).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void intsWrapAroundAndDivideTowardsZero() {
    Tensor a = ints(-7, 7, Integer.MIN_VALUE, Integer.MAX_VALUE);
    Tensor b = ints(2, -2, -1, 2);
    assertThat(Operations.apply(new BinaryOp.Div(), a, b).dense().ints())
        .containsExactly(-3, -3, Integer.MIN_VALUE, 1073741823);
    assertThat(a.mul(b).dense().ints()).containsExactly(-14, -14, Integer.MIN_VALUE, -2);
  }

  @Test
  void doublesAreNotRoundedToFloats() {
    Tensor a = Tensor.of(new double[] {1, 2}, 2);
    Tensor b = Tensor.of(new double[] {3}, 1);
    assertThat(a.div(b).dense().doubles()).containsExactly(1.0 / 3, 2.0 / 3);
  }

  @Test
  void unsignedIntegersKeepAllTheirBits() {
    Tensor x = Tensor.of(new double[] {0, 200, 0x1p63}, 3);
    Tensor longs = x.to(DType.UINT64);
    assertThat(longs.to(DType.FLOAT64).dense().doubles()).containsExactly(0, 200, 0x1p63);
    assertThat(longs.to(DType.UINT8).to(DType.INT64).longs()).containsExactly(0, 200, 0);
    Tensor three = Tensor.scalar(3L).to(DType.UINT64);
    Tensor thirds = Operations.apply(new BinaryOp.Div(), longs, three);
    assertThat(thirds.to(DType.INT64).longs()).containsExactly(0, 66, 0x2AAAAAAAAAAAAAAAL);
    Tensor larger = Operations.apply(new VariadicOp.Max(), longs, three);
    assertThat(larger.to(DType.INT64).longs()).containsExactly(3, 200, Long.MIN_VALUE);
  }

  @Test
  void halvesAreComputedInSinglePrecisionAndRounded() {
    Tensor third = Tensor.of(new float[] {1 / 3f}, 1).to(DType.FLOAT16);
    assertThat(third.add(third).to(DType.FLOAT32).floats()).containsExactly(0.66650390625f);
    Tensor brain = Tensor.of(new float[] {1.00390625f}, 1).to(DType.BFLOAT16);
    assertThat(brain.mul(brain).to(DType.FLOAT32).floats()).containsExactly(1f);
  }

  @Test
  void divisionOfAnIntegerByZeroIsAnError() {
    assertThatThrownBy(
            () -> Operations.apply(new BinaryOp.Div(), Tensor.scalar(5L), Tensor.scalar(0L)))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Argument] Div: integer 5 divided by zero");
  }

  private static Tensor ints(int... values) {
    return DenseTensor.view(
        DType.INT32, Shape.of(values.length), MemorySegment.ofArray(values.clone()));
  }

  @Test
  void aNumberBeyondAnIntegersBitsIsAnErrorThatNamesBoth() {
    assertThatThrownBy(() -> ints(1, 2).add(3_000_000_000L))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("int32")
        .hasMessageContaining("3000000000");
  }
}
