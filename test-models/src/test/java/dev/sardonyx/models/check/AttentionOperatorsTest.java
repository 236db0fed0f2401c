package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;

import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.Attention.Scores;
import dev.sardonyx.api.op.RotaryEmbedding;
import dev.sardonyx.api.op.TensorScatter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention and its like give what ONNX Runtime gives. */
class AttentionOperatorsTest {

  private static Tensor x(long seed, long... sizes) {
    return Random32.of(seed, sizes);
  }

  private static Tensor truth(long seed, long... sizes) {
    float[] values = Random32.of(seed, sizes).dense().floats();
    boolean[] result = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i] > -0.3f || i % sizes[sizes.length - 1] == 0;
    }
    return Tensor.of(result, sizes);
  }

  private static Attention with(Scores scores, float softcap, Optional<Float> scale) {
    return new Attention(false, 0, 0, scale, softcap, Optional.empty(), scores, -1, -1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void headsBesideAxes(boolean causal) {
    Attention op = new Attention().withCausal(causal);
    agree(op, 1, 3, x(1, 2, 3, 4, 8), x(2, 2, 3, 6, 8), x(3, 2, 3, 6, 5));
    agree(op, 1, 3, x(1, 2, 6, 5, 8), x(2, 2, 2, 5, 8), x(3, 2, 2, 5, 8));
    agree(op.withHeads(3, 3), 1, 3, x(1, 2, 4, 24), x(2, 2, 6, 24), x(3, 2, 6, 15));
    agree(op.withHeads(6, 2), 1, 3, x(1, 2, 4, 24), x(2, 2, 7, 8), x(3, 2, 7, 10));
    agree(op.withHeads(4, 1), 1, 3, x(1, 1, 1, 8), x(2, 1, 33, 2), x(3, 1, 33, 17));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void masks(boolean causal) {
    Attention op = new Attention().withCausal(causal);
    Tensor q = x(1, 2, 3, 4, 8);
    Tensor k = x(2, 2, 3, 6, 8);
    Tensor v = x(3, 2, 3, 6, 8);
    agree(op, 1, 4, q, k, v, x(4, 4, 6));
    agree(op, 1, 4, q, k, v, x(4, 1, 4, 6));
    agree(op, 1, 4, q, k, v, x(4, 2, 1, 4, 6));
    agree(op, 1, 4, q, k, v, x(4, 2, 3, 4, 6));
    agree(op, 1, 3, q, k, v, truth(4, 4, 6));
    agree(op, 1, 3, q, k, v, truth(4, 2, 1, 4, 6));
    agree(op, 1, 3, q, k, v, truth(4, 2, 3, 4, 6));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePastComesFirst(boolean causal) {
    Attention op = new Attention().withCausal(causal);
    Tensor mask = x(4, 4, 11);
    Tensor q = x(1, 2, 3, 4, 8);
    Tensor k = x(2, 2, 3, 6, 8);
    Tensor v = x(3, 2, 3, 6, 7);
    agree(op, 3, 6, q, k, v, mask, x(5, 2, 3, 5, 8), x(6, 2, 3, 5, 7));
    agree(op, 3, 6, q, k, v, null, x(5, 2, 3, 5, 8), x(6, 2, 3, 5, 7));
    agree(
        op.withHeads(4, 2),
        3,
        6,
        x(1, 2, 4, 12),
        x(2, 2, 6, 6),
        x(3, 2, 6, 8),
        null,
        x(5, 2, 2, 5, 3),
        x(6, 2, 2, 5, 4));
  }

  @ParameterizedTest
  @EnumSource
  void scores(Scores kind) {
    Tensor q = x(1, 2, 3, 4, 8);
    Tensor k = x(2, 2, 3, 6, 8);
    Tensor v = x(3, 2, 3, 6, 8);
    agree(with(kind, 0, Optional.of(0.3f)), 4, 4, q, k, v, x(4, 4, 6));
    if (kind != Scores.PRODUCTS) {
      agree(with(kind, 0.7f, Optional.empty()), 4, 4, q, k, v, x(4, 4, 6));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void turnedPairs(boolean interleaved) {
    Tensor places = Tensor.of(new long[] {3, 0, 5, 9, 9, 1}, 2, 3);
    var op = new RotaryEmbedding(interleaved, 0, 0);
    agree(op, 3, x(1, 2, 4, 3, 8), x(2, 10, 4), x(3, 10, 4), places);
    agree(op, 3, x(1, 2, 4, 3, 8), x(2, 2, 3, 4), x(3, 2, 3, 4));
    op = new RotaryEmbedding(interleaved, 4, 0);
    agree(op, 3, x(1, 2, 3, 24), x(2, 10, 3), x(3, 10, 3), places);
    op = new RotaryEmbedding(interleaved, 4, 4);
    agree(op, 3, x(1, 2, 3, 32), x(2, 10, 2), x(3, 10, 2), places);
    agree(op, 3, x(1, 2, 4, 3, 8), x(2, 2, 3, 2), x(3, 2, 3, 2));
  }

  @Test
  void cachesThatAreWrittenInto() {
    Tensor start = Tensor.of(new long[] {1, 3}, 2);
    var op = new TensorScatter(-2, false);
    agree(op, 2, x(1, 2, 3, 6, 4), x(2, 2, 3, 2, 4), start);
    agree(op, 2, x(1, 2, 3, 6, 4), x(2, 2, 3, 6, 4));
    agree(new TensorScatter(1, true), 2, x(1, 2, 5, 4), x(2, 2, 3, 4), start);
    agree(new TensorScatter(-2, true), 2, x(1, 2, 3, 5, 1), x(2, 2, 3, 4, 1), start);
    Tensor shorts = Tensor.of(new int[] {1, 2, 3, 4}, 2, 2);
    agree(new TensorScatter(-1, false), 2, shorts, Tensor.of(new int[] {7, 8}, 2, 1));
  }

  @Test
  void doubles() {
    Tensor q = x(1, 2, 3, 4, 8).dense().convert(DType.FLOAT64);
    Tensor k = x(2, 2, 3, 6, 8).dense().convert(DType.FLOAT64);
    agree(new Attention(), 1, 3, q, k, k);
  }
}
