package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.given;
import static dev.sardonyx.runtime.engine.Operators.kernelSets;
import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators that have kernels for float32, on the other float types. */
class FloatTypesTest {

  /** An operator with inputs of float32. */
  record Case(Op op, List<Tensor> inputs) {
    static Case of(Op op, Tensor... inputs) {
      return new Case(op, List.of(inputs));
    }

    List<DenseTensor> run(Kernels kernels, DType type) {
      Tensor[] converted = inputs.stream().map(x -> x.dense().convert(type)).toArray(Tensor[]::new);
      return new NativeEvaluator(kernels)
          .evaluate(op, given(converted)).stream().map(Tensor::dense).toList();
    }
  }

  private static Window window() {
    return new Window(
        List.of(3, 2), List.of(2, 1), List.of(1, 2), List.of(1, 0, 0, 1), AutoPad.NOTSET, false);
  }

  private static Window square(int size) {
    return Window.of(List.of(size, size), List.of(size, size), List.of(1, 1), List.of(0, 0));
  }

  /** Linear operators, and those that choose: exact on small integers. */
  static Stream<Case> exact() {
    return Stream.of(
        Case.of(new MatMul(), whole(1, 2, 1, 5, 7), whole(2, 3, 7, 9)),
        Case.of(new MatMul(), whole(3, 7), whole(4, 7)),
        Case.of(new MatMul(), whole(3, 1, 2, 1, 3, 7), whole(4, 2, 1, 2, 7, 1)),
        Case.of(new Gemm(1, 1, true, false), whole(5, 4, 3), whole(6, 4, 5), whole(7, 5)),
        Case.of(new Gemm(2, 0.5f, false, true), whole(5, 3, 4), whole(6, 5, 4), whole(7, 3, 1)),
        Case.of(new Conv(window(), 1), whole(8, 2, 3, 7, 6), whole(9, 5, 3, 3, 2), whole(10, 5)),
        Case.of(new Conv(window(), 3), whole(8, 1, 3, 7, 6), whole(9, 6, 1, 3, 2)),
        Case.of(new Conv(window(), 2), whole(8, 1, 4, 7, 6), whole(9, 6, 2, 3, 2)),
        Case.of(
            new ConvTranspose(window(), 1, List.of(1, 0), List.of()),
            whole(8, 1, 4, 3, 4),
            whole(9, 4, 2, 3, 2),
            whole(10, 2)),
        Case.of(new PoolOp.MaxPool(window()), whole(11, 2, 3, 7, 6)),
        Case.of(new PoolOp.AveragePool(square(2), false), whole(11, 2, 3, 6, 6)),
        Case.of(new PoolOp.GlobalMaxPool(), whole(12, 2, 3, 3, 5)),
        Case.of(new PoolOp.GlobalAveragePool(), whole(12, 2, 3, 4, 2)));
  }

  static Stream<Case> all() {
    Recurrence both = Recurrence.of(3, Recurrence.Direction.BIDIRECTIONAL);
    var soft = both.withActivations(List.of("Softsign", "HardSigmoid"));
    Tensor x = random(1, 2, 6, 5);
    return Stream.concat(
        exact(),
        Stream.of(
            Case.of(new NormalizationOp.Softmax(1), x),
            Case.of(new NormalizationOp.LogSoftmax(-1), x),
            Case.of(new NormalizationOp.Softmax(0), Tensor.zeros(0, 3)),
            Case.of(
                new NormalizationOp.BatchNormalization(1e-3f),
                x,
                random(2, 6),
                random(3, 6),
                random(4, 6),
                positive(5, 6)),
            Case.of(new OwnStatisticsOp.LayerNormalization(-1, 1e-5f), x, random(2, 5)),
            Case.of(
                new OwnStatisticsOp.LayerNormalization(1, 1e-5f), x, random(2, 6, 1), random(3)),
            Case.of(new OwnStatisticsOp.RMSNormalization(-2, 1e-5f), x, random(2, 6, 5)),
            Case.of(
                new OwnStatisticsOp.GroupNormalization(2, 1e-5f), x, random(2, 6), random(3, 6)),
            Case.of(
                new OwnStatisticsOp.InstanceNormalization(1e-5f), x, random(2, 6), random(3, 6)),
            Case.of(new RecurrentOp.RNN(soft), x, random(2, 2, 3, 5), random(3, 2, 3, 3)),
            Case.of(
                new RecurrentOp.LSTM(both, false),
                x,
                random(2, 2, 12, 5),
                random(3, 2, 12, 3),
                random(4, 2, 24)),
            Case.of(new RecurrentOp.GRU(both, true), x, random(2, 2, 9, 5), random(3, 2, 9, 3))));
  }

  private static Tensor whole(long seed, long... sizes) {
    DenseTensor x = random(seed, sizes).dense();
    float[] values = x.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(values[i] * 7);
    }
    return Tensor.of(values, sizes);
  }

  private static Tensor positive(long seed, long... sizes) {
    float[] values = random(seed, sizes).dense().floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = 1.5f + values[i];
    }
    return Tensor.of(values, sizes);
  }

  private static double[] numbers(DenseTensor x) {
    return LongStream.range(0, x.elements()).mapToDouble(x::doubleAt).toArray();
  }

  /** Floats become floats of the type, but LayerNormalization tells its statistics in float32. */
  private static DType expected(Case test, int output, DType given, DType type) {
    boolean statistics = output > 0 && test.op() instanceof OwnStatisticsOp.LayerNormalization;
    return given == DType.FLOAT32 && !statistics ? type : given;
  }

  @ParameterizedTest
  @MethodSource("all")
  void floatsOf16BitsAreComputedInFloat32AndRoundedOnce(Case test) {
    for (Kernels kernels : kernelSets()) {
      for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
        List<Tensor> rounded = new ArrayList<>();
        test.inputs().forEach(x -> rounded.add(x.dense().convert(type).convert(DType.FLOAT32)));
        List<DenseTensor> wide = new Case(test.op(), rounded).run(kernels, DType.FLOAT32);
        List<DenseTensor> found = test.run(kernels, type);
        for (int i = 0; i < wide.size(); i++) {
          DType expected = expected(test, i, wide.get(i).dtype(), type);
          assertThat(found.get(i).type().dtype()).isEqualTo(expected);
          assertThat(numbers(found.get(i))).isEqualTo(numbers(wide.get(i).convert(expected)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void float64AgreesWithFloat32(Case test) {
    for (Kernels kernels : kernelSets()) {
      List<DenseTensor> floats = test.run(kernels, DType.FLOAT32);
      List<DenseTensor> doubles = test.run(kernels, DType.FLOAT64);
      for (int i = 0; i < floats.size(); i++) {
        DType expected = expected(test, i, floats.get(i).dtype(), DType.FLOAT64);
        Operators.close("float64", doubles.get(i), floats.get(i).convert(expected), 2e-5);
      }
    }
  }

  /** Each result is a multiple of a unit that float32 does not hold. */
  @ParameterizedTest
  @MethodSource("exact")
  void float64IsNotRoundedToFloat32OnTheWay(Case test) {
    double unit = 1 + 0x1p-40;
    Kernels kernels = Kernels.scalar();
    DenseTensor floats = test.run(kernels, DType.FLOAT32).getFirst();
    Tensor[] inputs = new Tensor[test.inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      double[] values = numbers(test.inputs().get(i).dense());
      for (int j = 0; i != 1 && j < values.length; j++) { // all but the second factor
        values[j] *= unit;
      }
      inputs[i] = Tensor.of(values, test.inputs().get(i).shape().sizes());
    }
    Tensor found = new NativeEvaluator(kernels).evaluate(test.op(), given(inputs)).getFirst();
    double[] expected = numbers(floats);
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= unit;
    }
    assertThat(numbers(found.dense())).isEqualTo(expected);
  }

  @Test
  void integersHaveProductsThatWrapAround() {
    long large = (1L << 62) + 1;
    Tensor a = Tensor.of(new long[] {large, 3, -1, 2}, 2, 2);
    Tensor b = Tensor.of(new long[] {3, 1, 1, -5}, 2, 2);
    long[] expected = {3 * large + 3, large - 15, -1, -11};
    for (Kernels kernels : kernelSets()) {
      var evaluator = new NativeEvaluator(kernels);
      assertThat(evaluator.evaluate(new MatMul(), given(a, b)).getFirst().dense().longs())
          .containsExactly(expected);
      assertThat(
              evaluator
                  .evaluate(
                      new Gemm(1, 1, true, true), given(a, b, Tensor.of(new long[] {1, 2}, 2)))
                  .getFirst()
                  .dense()
                  .longs())
          .containsExactly(3 * large, large + 7, 12, -5);
    }
    for (DType type : List.of(DType.INT32, DType.UINT32, DType.UINT64)) {
      Tensor x = Tensor.of(new long[] {1, 2, 3}, 3).dense().convert(type);
      DenseTensor dot =
          new NativeEvaluator().evaluate(new MatMul(), given(x, x)).getFirst().dense();
      assertThat(dot.type().dtype()).isEqualTo(type);
      assertThat(dot.doubleAt(0)).isEqualTo(14);
    }
  }

  @Test
  void bytesHaveMaxima() {
    for (DType type : List.of(DType.INT8, DType.UINT8)) {
      Tensor x = whole(3, 1, 2, 4, 4).dense().convert(type);
      List<Tensor> y = new NativeEvaluator().evaluate(new PoolOp.MaxPool(square(2)), given(x), 2);
      Tensor expected =
          new NativeEvaluator()
              .evaluate(new PoolOp.MaxPool(square(2)), given(x.dense().convert(DType.FLOAT32)))
              .getFirst();
      Operators.close("" + type, y.getFirst(), expected.dense().convert(type), 0);
      assertThat(y.get(1).dtype()).isEqualTo(DType.INT64);
    }
  }
}
