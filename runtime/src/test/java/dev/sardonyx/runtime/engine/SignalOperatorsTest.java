package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.DFT;
import dev.sardonyx.api.op.MelWeightMatrix;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.STFT;
import dev.sardonyx.api.op.TaperOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fourier transforms of any length are numpy's; all float types hold the same numbers. */
class SignalOperatorsTest {
  private static final double SINGLE = 2e-6;
  private static final double DOUBLE = 1e-12;
  private static final Map<String, GoldenOperator> GOLDEN = GoldenOperator.all("signals");

  private static GoldenOperator golden(String name) {
    return Objects.requireNonNull(GOLDEN.get(name), name);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 17, 97, 100, 257})
  void transformsOfAnyLengthAreNumpys(int length) {
    golden("dft_real_" + length).check(new DFT(false, false), SINGLE);
    golden("dft_complex_" + length).check(new DFT(false, false), DOUBLE);
    golden("idft_complex_" + length).check(new DFT(true, false), DOUBLE);
    golden("rdft_" + length).check(new DFT(false, true), SINGLE);
    golden("irdft_" + length).check(new DFT(true, true), DOUBLE);
  }

  @Test
  void signalsAreCutOrFilledUpToTheLength() {
    golden("irdft_default").check(new DFT(true, true), SINGLE);
    golden("dft_length_4").check(new DFT(false, false), SINGLE);
    golden("dft_length_9").check(new DFT(false, false), SINGLE);
  }

  @Test
  void shortTimeTransformsAreNumpysAndTorchs() {
    golden("stft_complex").check(new STFT(false), SINGLE);
    golden("stft_real").check(new STFT(true), SINGLE);
  }

  private static Tensor run(Op op, Tensor... inputs) {
    return new NativeEvaluator().evaluate(op, Operators.given(inputs)).getFirst();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void smallFloatsAreRoundedOnce(DType type) {
    DenseTensor x = Operators.random(3, 2, 13, 1).dense().convert(type);
    Tensor wide = run(new DFT(false, true), x.convert(DType.FLOAT64));
    Tensor narrow = run(new DFT(false, true), x);
    Operators.close("narrow", narrow, wide.dense().convert(type), 0);
    Tensor size = Tensor.scalar(9L);
    Tensor taper = run(new TaperOp.HannWindow(DType.FLOAT64, true), size);
    Operators.close(
        "taper", run(new TaperOp.HannWindow(type, true), size), taper.dense().convert(type), 0);
  }

  @Test
  void emptySignalsHaveNoSpectra() {
    assertThat(run(new DFT(false, false), Tensor.zeros(0, 4, 1)).type())
        .isEqualTo(TensorType.of(DType.FLOAT32, 0, 4, 2));
    assertThat(run(new TaperOp.HannWindow(DType.FLOAT32, true), Tensor.scalar(0L)).type())
        .isEqualTo(TensorType.of(DType.FLOAT32, 0));
  }

  @Test
  void whatCannotBeIsRefused() {
    Tensor real = Tensor.zeros(2, 8, 1);
    Tensor complex = Tensor.zeros(2, 8, 2);
    Tensor one = Tensor.scalar(1L);
    for (Runnable wrong :
        List.<Runnable>of(
            () -> run(new DFT(false, true), complex),
            () -> run(new DFT(true, true), real),
            () -> run(new DFT(false, false), real, Tensor.scalar(0L)),
            () -> run(new DFT(false, false), real, one, Tensor.scalar(2L)),
            () -> run(new DFT(false, false), Tensor.zeros(2, 0, 1)),
            () -> run(new DFT(false, false), Tensor.zeros(2, 8, 3)),
            () -> run(new STFT(true), real, Tensor.scalar(0L)),
            () -> run(new STFT(true), real, one, Tensor.zeros(9)),
            () -> run(new STFT(true), complex, one),
            () -> run(new TaperOp.HannWindow(DType.FLOAT32, true), Tensor.scalar(-1L)),
            () -> run(new TaperOp.HannWindow(DType.BOOL, true), one),
            () ->
                run(
                    new MelWeightMatrix(DType.FLOAT32),
                    one,
                    Tensor.scalar(8L),
                    Tensor.scalar(0L),
                    Tensor.scalar(1f),
                    Tensor.scalar(2f)))) {
      assertThatThrownBy(wrong::run).isInstanceOf(SardonyxException.class);
    }
  }
}
