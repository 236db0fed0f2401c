package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.Attention.Scores;
import dev.sardonyx.api.op.CausalConvWithState;
import dev.sardonyx.api.op.LinearAttention;
import dev.sardonyx.api.op.LinearAttention.UpdateRule;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.RotaryEmbedding;
import dev.sardonyx.api.op.TensorScatter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention is what its formula gives, computed in numpy token by token. */
class AttentionOperatorsTest {
  private static final double SINGLE = 2e-6;
  private static final double HALF = 2e-3;
  private static final Map<String, GoldenOperator> ATTENTION = GoldenOperator.all("attention");
  private static final Map<String, GoldenOperator> STATES = GoldenOperator.all("states");

  private static GoldenOperator golden(Map<String, GoldenOperator> from, String name) {
    return Objects.requireNonNull(from.get(name), name);
  }

  private static Attention op(String name) {
    boolean window = name.contains("window");
    int left = !window ? -1 : name.equals("window") ? 2 : 1;
    int right = !window || name.contains("causal") ? -1 : name.equals("window") ? 1 : 2;
    return new Attention(
        name.contains("causal"),
        0,
        0,
        Optional.empty(),
        name.equals("capped") ? 0.25f : 0,
        Optional.empty(),
        Scores.PROBABILITIES,
        left,
        right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "valid",
        "valid_causal",
        "valid_window",
        "window",
        "window_causal",
        "short_mask",
        "short_truth",
        "blind",
        "blind_causal",
        "minus_infinity",
        "capped"
      })
  void whatIsNotSeenCountsForNothing(String name) {
    golden(ATTENTION, name + "_float32").check(op(name), SINGLE);
    golden(ATTENTION, name + "_float64").check(op(name), 1e-12);
  }

  @Test
  void halvesAreAttendedToWithinTheirPrecision() {
    golden(ATTENTION, "half").check(new Attention().withCausal(true), HALF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "linear_past",
        "gated",
        "gated_wide",
        "delta",
        "delta_one",
        "gated_delta",
        "gated_delta_one"
      })
  void aStateIsChangedTokenByToken(String name) {
    String rule = name.replace("_past", "").replace("_wide", "").replace("_one", "");
    UpdateRule update = UpdateRule.valueOf(rule.toUpperCase(Locale.ROOT));
    golden(STATES, name).check(new LinearAttention(4, 2, 0, update, 64), SINGLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_past", "_short", "_first", "_point"})
  void aConvolutionSeesWhatCameBefore(String name) {
    golden(STATES, "convolution" + name).check(new CausalConvWithState("none"), SINGLE);
    golden(STATES, "silu_convolution" + name).check(new CausalConvWithState("silu"), SINGLE);
  }

  private static List<Tensor> run(Op op, Tensor... inputs) {
    return new NativeEvaluator().evaluate(op, Operators.given(inputs), 4);
  }

  @Test
  void noKeysGiveZeros() {
    Tensor y =
        run(
                new Attention(),
                Tensor.ones(1, 2, 3, 4),
                Tensor.ones(1, 2, 0, 4),
                Tensor.ones(1, 2, 0, 5))
            .getFirst();
    Operators.close("no keys", y, Tensor.zeros(1, 2, 3, 5), 0);
  }

  /** More scores than are there at a time; float64 computes them another way, query by query. */
  @Test
  void aLongSequenceIsAttendedToInBlocks() {
    var op =
        new Attention(
            true, 0, 0, Optional.empty(), 5, Optional.empty(), Scores.PROBABILITIES, -1, -1);
    Tensor[] inputs = {
      Operators.random(1, 2, 4, 700, 8),
      Operators.random(2, 2, 2, 701, 8),
      Operators.random(3, 2, 2, 701, 5),
      Operators.random(4, 700, 701)
    };
    Tensor[] wide =
        Stream.of(inputs).map(input -> input.dense().convert(DType.FLOAT64)).toArray(Tensor[]::new);
    List<Tensor> found = run(op, inputs);
    List<Tensor> expected = run(op, wide);
    for (int output : new int[] {0, 3}) {
      Tensor narrow = expected.get(output).dense().convert(DType.FLOAT32);
      Operators.close("output " + output, found.get(output), narrow, SINGLE);
    }
  }

  /** Float64 is computed another way; the second sample's query sees nothing in one mask. */
  @Test
  void aQueryAloneSeesWhatItsFormulaSays() {
    boolean[] truths = new boolean[2 * 37];
    for (int i = 0; i < 37; i++) {
      truths[i] = i % 3 != 0;
    }
    Tensor blind = Tensor.of(truths, 2, 1, 1, 37);
    Tensor added = Operators.random(5, 4, 1, 37);
    Tensor shorter = Operators.random(6, 1, 1, 20);
    for (long[] shape : new long[][] {{2, 64}, {4, 9}, {1, 5}}) {
      Tensor q = Operators.random(1, 2, 4, 1, shape[1]);
      Tensor k = Operators.random(2, 2, shape[0], 37, shape[1]);
      Tensor v = Operators.random(3, 2, shape[0], 37, shape[1] + 3);
      for (String name : List.of("plain", "causal", "window")) {
        for (Tensor[] inputs :
            new Tensor[][] {{q, k, v}, {q, k, v, blind}, {q, k, v, added}, {q, k, v, shorter}}) {
          List<Optional<Tensor>> wide =
              Stream.of(inputs).map(AttentionOperatorsTest::wide).map(Optional::of).toList();
          Tensor expected = new NativeEvaluator().evaluate(op(name), wide, 1).getFirst();
          Operators.check(op(name), expected.dense().convert(DType.FLOAT32), SINGLE, inputs);
        }
      }
    }
  }

  private static Tensor wide(Tensor x) {
    return x.dtype() == DType.BOOL ? x : x.dense().convert(DType.FLOAT64);
  }

  @Test
  void aPrecisionOfSoftmaxIsWhatItSays() {
    Tensor q = Operators.random(1, 1, 2, 3, 4);
    Tensor k = Operators.random(2, 1, 2, 5, 4);
    Tensor plain = run(new Attention(), q, k, k).getFirst();
    for (DType type : List.of(DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)) {
      var op =
          new Attention(
              false, 0, 0, Optional.empty(), 0, Optional.of(type), Scores.PRODUCTS, -1, -1);
      double tolerance = type == DType.FLOAT64 ? SINGLE : type == DType.FLOAT16 ? HALF : 8 * HALF;
      Operators.close(type + "", run(op, q, k, k).getFirst(), plain, tolerance);
    }
  }

  @Test
  void symbolsAreKeptThroughInference() {
    var builder = new GraphBuilder("symbols");
    List<Value> inputs =
        List.of(
            builder.input("q", TensorType.of(DType.FLOAT32, "batch", "queries", "48")),
            builder.input("k", TensorType.of(DType.FLOAT32, "batch", "keys", "16")),
            builder.input("v", TensorType.of(DType.FLOAT32, "batch", "keys", "8")),
            Value.absent(),
            builder.input("pk", TensorType.of(DType.FLOAT32, "batch", "2", "past", "8")),
            builder.input("pv", TensorType.of(DType.FLOAT32, "batch", "2", "past", "4")));
    Node node = builder.add(new Attention().withHeads(6, 2), inputs, Origin.unknown());
    assertThat(node.outputs().stream().map(value -> value.type().toString()))
        .containsExactly(
            "float32[batch, queries, 24]",
            "float32[batch, 2, past + keys, 8]",
            "float32[batch, 2, past + keys, 4]",
            "float32[batch, 6, queries, past + keys]");
  }

  @Test
  void whatCannotBeIsRefused() {
    Tensor x = Tensor.ones(1, 2, 3, 4);
    Tensor flat = Tensor.ones(1, 3, 8);
    Tensor cos = Tensor.ones(5, 2);
    for (Runnable wrong :
        List.<Runnable>of(
            () -> run(new Attention(), flat, flat, flat),
            () -> run(new Attention().withHeads(3, 3), flat, flat, flat),
            () -> run(new Attention(), Tensor.ones(1, 3, 3, 4), x, x),
            () -> run(new Attention(), x, x, x, Tensor.ones(2, 3)),
            () -> run(new Attention(), x, x, x, Tensor.ones(3, 4)),
            () -> run(new Attention(), x, x, x, Tensor.ones(3, 3), x),
            () -> run(new RotaryEmbedding(false, 0, 0), flat, cos, cos, longs(1, 3, 0, 1, 2)),
            () -> run(new RotaryEmbedding(false, 0, 0), x, cos, cos, longs(1, 3, 0, 1, 5)),
            () -> run(new RotaryEmbedding(false, 0, 6), x, cos, cos, longs(1, 3, 0, 1, 2)),
            () -> run(new TensorScatter(-2, false), x, Tensor.ones(1, 2, 2, 4), longs(0, 0, 2)),
            () -> run(new TensorScatter(0, false), x, x),
            () -> run(new TensorScatter(-2, false), x, Tensor.ones(1, 2, 4, 4)),
            () -> run(new CausalConvWithState("none"), flat, Tensor.ones(3, 1, 0)),
            () -> run(new LinearAttention(3, 2, 0, UpdateRule.LINEAR, 64), flat, flat, flat),
            () -> run(new LinearAttention(2, 2, 0, UpdateRule.DELTA, 64), flat, flat, flat))) {
      assertThatThrownBy(wrong::run).isInstanceOf(SardonyxException.class);
    }
  }

  /** Integers of a shape (rows, columns), or of one axis where there are no rows. */
  private static Tensor longs(long rows, long columns, long... values) {
    return rows == 0 ? Tensor.of(values, values.length) : Tensor.of(values, rows, columns);
  }
}
