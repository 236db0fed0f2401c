package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.nn.AttentionOptions;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.MultiheadAttention;
import dev.sardonyx.api.nn.TransformerEncoder;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.nn.TransformerEncoderLayerOptions.Activation;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

class AttentionTest extends TorchTheme {
  AttentionTest() {
    super("attention");
    scaledDotProduct("sdpa", false, OptionalDouble.empty());
    scaledDotProduct("sdpa_causal", true, OptionalDouble.empty());
    scaledDotProduct("sdpa_scale", false, OptionalDouble.of(0.25));
    scaledDotProduct("sdpa_float_mask", false, OptionalDouble.empty());
    scaledDotProduct("sdpa_bool_mask", false, OptionalDouble.empty());
    attention();
    attention(
        "MultiheadAttention_initial",
        () -> new MultiheadAttention(4, 2, o -> o.addBiasKv(true)),
        (o, _) -> o);
    attention(
        "MultiheadAttention_initial_dims",
        () -> new MultiheadAttention(20, 2, o -> o.addBiasKv(true).kdim(3)),
        (o, _) -> o);
    add(
        "TransformerEncoder_initial",
        () -> TorchSubject.layer(new TransformerEncoder(inner(false), 2)));
    encoders();
    symbols();
  }

  private void symbols() {
    symbols("sdpa", "batch to", "batch seq", "batch seq");
    symbols("sdpa_causal", "batch _ to", "batch _ seq", "batch _ seq");
    symbols("sdpa_scale", "to", "seq", "seq");
    symbols("sdpa_float_mask", "batch to", "batch seq", "batch seq", "to seq");
    symbols("sdpa_bool_mask", "batch to", "batch seq", "batch seq", "to seq");
    for (String name : List.of("", "_dims", "_initial", "_initial_dims")) {
      symbols("MultiheadAttention" + name, "to batch", "seq batch", "seq batch");
    }
    symbols("MultiheadAttention_self", "batch seq");
    symbols("MultiheadAttention_unbatched", "to", "seq", "seq");
    symbols("MultiheadAttention_bias_kv", "to batch", "seq batch", "seq batch", "to seq");
    // The mask has a row for each head of each sample: no symbol says that.
    symbols("MultiheadAttention_heads", "_ to", "_ seq", "_ seq", "_ to seq");
    symbols(
        "MultiheadAttention_padding", "batch to", "batch seq", "batch seq", "batch seq", "to seq");
    symbols("MultiheadAttention_no_weights", "batch to", "batch seq", "batch seq");
    symbols("TransformerEncoderLayer", "seq batch");
    symbols("TransformerEncoderLayer_gelu", "batch seq");
    symbols("TransformerEncoderLayer_unbatched", "seq");
    symbols("TransformerEncoderLayer_mask", "seq batch", "seq seq");
    symbols("TransformerEncoder", "batch seq");
    symbols("TransformerEncoder_initial", "batch seq");
    symbols("TransformerEncoder_norm", "batch seq", "seq seq", "batch seq");
  }

  private void scaledDotProduct(String name, boolean causal, OptionalDouble scale) {
    add(
        name,
        () ->
            TorchSubject.functions(
                in ->
                    List.of(
                        Functional.scaledDotProductAttention(
                            in.get(0),
                            in.get(1),
                            in.get(2),
                            in.size() > 3 ? in.get(3) : null,
                            0,
                            causal,
                            scale))));
  }

  private void attention(
      String name,
      Supplier<MultiheadAttention> make,
      BiFunction<AttentionOptions, List<Tensor>, AttentionOptions> arguments) {
    add(
        name,
        () -> {
          MultiheadAttention layer = make.get();
          return TorchSubject.layer(
              layer,
              in -> {
                boolean self = in.size() == 1;
                Tensor key = self ? in.get(0) : in.get(1);
                Tensor value = self ? in.get(0) : in.get(2);
                var output =
                    layer.forward(in.get(0), key, value, o -> arguments.apply(o, in));
                List<Tensor> all = new ArrayList<>(List.of(output.output()));
                output.weights().ifPresent(all::add);
                return all;
              });
        });
  }

  private void attention() {
    attention("MultiheadAttention", () -> new MultiheadAttention(4, 2), (o, _) -> o);
    attention(
        "MultiheadAttention_self",
        () -> new MultiheadAttention(4, 1, o -> o.batchFirst(true)),
        (o, _) -> o);
    attention(
        "MultiheadAttention_unbatched",
        () -> new MultiheadAttention(4, 4, o -> o.bias(false)),
        (o, _) -> o);
    attention(
        "MultiheadAttention_dims",
        () -> new MultiheadAttention(4, 2, o -> o.dropout(0.1).kdim(3).vdim(5)),
        (o, _) -> o);
    attention(
        "MultiheadAttention_bias_kv",
        () -> new MultiheadAttention(4, 2, o -> o.addBiasKv(true).addZeroAttn(true)),
        (o, in) -> o.attnMask(in.get(3)));
    attention(
        "MultiheadAttention_heads",
        () -> new MultiheadAttention(4, 2, o -> o.batchFirst(true)),
        (o, in) -> o.attnMask(in.get(3)).averageAttnWeights(false));
    attention(
        "MultiheadAttention_padding",
        () -> new MultiheadAttention(4, 2, o -> o.batchFirst(true)),
        (o, in) -> o.keyPaddingMask(in.get(3)).attnMask(in.get(4)));
    attention(
        "MultiheadAttention_no_weights",
        () -> new MultiheadAttention(4, 2, o -> o.batchFirst(true)),
        (o, _) -> o.needWeights(false));
  }

  private void encoders() {
    add(
        "TransformerEncoderLayer",
        () -> TorchSubject.layer(new TransformerEncoderLayer(4, 2, o -> o.dimFeedforward(6))));
    add(
        "TransformerEncoderLayer_gelu",
        () ->
            TorchSubject.layer(
                new TransformerEncoderLayer(
                    4,
                    2,
                    o ->
                        o.dimFeedforward(6)
                            .dropout(0)
                            .activation(Activation.GELU)
                            .layerNormEps(1e-3)
                            .batchFirst(true)
                            .normFirst(true))));
    add(
        "TransformerEncoderLayer_unbatched",
        () -> TorchSubject.layer(new TransformerEncoderLayer(4, 1, o -> o.dimFeedforward(6))));
    add(
        "TransformerEncoderLayer_mask",
        () -> {
          var layer = new TransformerEncoderLayer(4, 2, o -> o.dimFeedforward(6));
          return TorchSubject.layer(
              layer, in -> List.of(layer.forward(in.get(0), in.get(1), null)));
        });
    add("TransformerEncoder", () -> TorchSubject.layer(new TransformerEncoder(inner(false), 2)));
    add(
        "TransformerEncoder_norm",
        () -> {
          var encoder = new TransformerEncoder(inner(true), 2, new LayerNorm(4));
          return TorchSubject.layer(
              encoder, in -> List.of(encoder.forward(in.get(0), in.get(1), in.get(2))));
        });
  }

  private static TransformerEncoderLayer inner(boolean normFirst) {
    return new TransformerEncoderLayer(
        4, 2, o -> o.dimFeedforward(6).batchFirst(true).normFirst(normFirst));
  }

  @Test
  @ResourceLock("the default generator")
  void drawsPyTorchsInitialWeightsToTheBit() {
    assertDraws(
        "MultiheadAttention_initial", () -> new MultiheadAttention(4, 2, o -> o.addBiasKv(true)));
    assertDraws(
        "MultiheadAttention_initial_dims",
        () -> new MultiheadAttention(20, 2, o -> o.addBiasKv(true).kdim(3)));
    assertDraws("TransformerEncoder_initial", () -> new TransformerEncoder(inner(false), 2));
  }

  private static void assertDraws(String name, Supplier<NnModule> make) {
    Sardonyx.manualSeed(42);
    NnModule module = make.get();
    TorchCase.of("attention", name)
        .weights()
        .entries()
        .forEach(
            (key, expected) ->
                assertThat(module.stateDict().get(key).floats())
                    .as("%s of %s", key, name)
                    .containsExactly(expected.floats()));
  }
}
