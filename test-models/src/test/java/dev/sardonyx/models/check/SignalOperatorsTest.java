package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;

import dev.sardonyx.api.op.DFT;
import dev.sardonyx.api.op.MelWeightMatrix;
import dev.sardonyx.api.op.STFT;
import dev.sardonyx.api.op.TaperOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators on signals give what ONNX Runtime gives. */
class SignalOperatorsTest {

  private static Tensor x(long... sizes) {
    return Random32.of(7, sizes);
  }

  private static Tensor n(long value) {
    return Tensor.scalar(value);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tapers(boolean periodic) {
    for (long size : List.of(2L, 7L, 10L, 33L)) {
      for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.UINT8)) {
        agree(new TaperOp.HannWindow(type, periodic), 0, n(size));
        agree(new TaperOp.HammingWindow(type, periodic), 0, n(size));
        agree(new TaperOp.BlackmanWindow(type, periodic), 0, n(size));
      }
    }
    agree(new TaperOp.HannWindow(DType.FLOAT32, true), 0, n(1));
    agree(new TaperOp.HannWindow(DType.FLOAT32, true), 0, Tensor.of(new int[] {5}, new long[0]));
  }

  @Test
  void melWeights() {
    var op = new MelWeightMatrix(DType.FLOAT32);
    Tensor low = Tensor.scalar(0f);
    Tensor high = Tensor.scalar(8192f);
    agree(op, 0, n(8), n(16), n(8192), low, Tensor.scalar(4096f));
    agree(op, 0, n(20), n(512), n(16384), Tensor.scalar(125f), high);
    agree(op, 0, n(1), n(6), n(16384), low, high);
  }

  /** Lengths at which ONNX Runtime is exact to float32; others are tested against numpy. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 12, 32})
  void fourier(long length) {
    for (int parts = 1; parts <= 2; parts++) {
      agree(new DFT(false, false), x(2, length, parts));
      agree(new DFT(true, false), x(2, length, parts));
      agree(new DFT(false, false), x(2, 9, 3, parts), n(length), n(1));
      agree(new DFT(false, false), x(2, 9, 3, parts), n(length), n(-3));
    }
    agree(new DFT(false, true), x(3, length, 1));
    agree(new DFT(false, true), x(9, 3, 1), n(length), n(0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shortTimeFourier(boolean onesided) {
    agree(new STFT(onesided), x(2, 40, 1), n(3), null, n(12));
    agree(new STFT(onesided), x(2, 40, 1), n(5), x(8));
    agree(new STFT(onesided), x(1, 16, 1), n(20), x(16), n(16));
  }
}
