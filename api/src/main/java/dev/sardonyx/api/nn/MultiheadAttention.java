package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Attention of several heads, each on its part of the projected features. Shapes, with L queries, S
 * keys, N samples: query [L, N, embedDim], key [S, N, kdim], value [S, N, vdim], or N first where
 * batchFirst, or without N; output as the query; weights [N, L, S], or [N, heads, L, S] where they
 * are not averaged. Source: torch.nn.MultiheadAttention.
 */
public final class MultiheadAttention implements NnModule {
  private static final String NAME = "MultiheadAttention";

  private final int embedDim;
  private final int numHeads;
  private final MultiheadAttentionOptions options;
  private final AttentionWeights weights;
  private volatile boolean training;

  /**
   * What forward gives.
   *
   * @param weights how much each query takes of each key, where they were asked for
   */
  public record Output(Tensor output, Optional<Tensor> weights) {}

  /** With biases, steps before the batch. Errors: ARGUMENT. */
  public MultiheadAttention(int embedDim, int numHeads) {
    this(embedDim, numHeads, options -> options);
  }

  /** With options. Errors: ARGUMENT, also unless embedDim is a multiple of numHeads. */
  public MultiheadAttention(
      int embedDim, int numHeads, UnaryOperator<MultiheadAttentionOptions> options) {
    Arguments.requireAtLeast(NAME, "embedDim", embedDim, 1);
    Arguments.requireAtLeast(NAME, "numHeads", numHeads, 1);
    String law = "a multiple of numHeads = " + numHeads;
    Arguments.require(embedDim % numHeads == 0, NAME, "embedDim", law, embedDim);
    this.embedDim = embedDim;
    this.numHeads = numHeads;
    this.options = options.apply(MultiheadAttentionOptions.defaults());
    Arguments.requireProbability(NAME, this.options.dropout());
    Arguments.requireAtLeast(NAME, "kdim", this.options.kdim().orElse(1), 1);
    Arguments.requireAtLeast(NAME, "vdim", this.options.vdim().orElse(1), 1);
    weights = AttentionWeights.drawn(embedDim, this.options);
  }

  private MultiheadAttention(MultiheadAttention other) {
    embedDim = other.embedDim;
    numHeads = other.numHeads;
    options = other.options;
    weights = other.weights.copy();
  }

  /** One with weights of its own that are equal to these. Source: copy.deepcopy. */
  MultiheadAttention copy() {
    return new MultiheadAttention(this);
  }

  /** Without masks. Errors: SHAPE. */
  public Output forward(Tensor query, Tensor key, Tensor value) {
    return forward(query, key, value, o -> o);
  }

  /** With masks, and with or without the weights. Errors: SHAPE, DTYPE for masks of other types. */
  public Output forward(
      Tensor query, Tensor key, Tensor value, UnaryOperator<AttentionOptions> arguments) {
    AttentionOptions chosen = arguments.apply(AttentionOptions.defaults());
    List<Tensor> inputs = new ArrayList<>(List.of(query, key, value));
    chosen.keyPaddingMask().ifPresent(inputs::add);
    chosen.attnMask().ifPresent(inputs::add);
    List<Tensor> outputs =
        Operations.inModule(this, inputs, () -> attended(query, key, value, chosen));
    return new Output(outputs.getFirst(), outputs.stream().skip(1).findFirst());
  }

  private List<Tensor> attended(Tensor query, Tensor key, Tensor value, AttentionOptions chosen) {
    boolean single = Arguments.hasRank(query, 2);
    requireFeatures("query", "EmbedDim", query, OptionalInt.empty(), single);
    requireFeatures("key", "Kdim", key, options.kdim(), single);
    requireFeatures("value", "Vdim", value, options.vdim(), single);
    int steps = !single && options.batchFirst() ? 1 : 0;
    requireAlike("Length", "value", value, steps, key.size(steps));
    if (!single) {
      requireAlike("Batch", "key", key, 1 - steps, query.size(1 - steps));
      requireAlike("Batch", "value", value, 1 - steps, query.size(1 - steps));
    }
    var masks = new AttentionMasks(NAME, numHeads, chosen, single);
    var heads = new AttentionHeads(numHeads, options, weights, training);
    AttentionHeads.Result result =
        heads.attend(batchFirst(query), batchFirst(key), batchFirst(value), masks);
    Tensor y = result.output();
    List<Tensor> outputs = new ArrayList<>();
    outputs.add(single ? y.squeeze(0) : options.batchFirst() ? y : y.transpose(0, 1));
    if (chosen.needWeights()) {
      Tensor all = result.weights();
      Tensor given = chosen.averageAttnWeights() ? all.mean(false, 1) : all;
      outputs.add(single ? given.squeeze(0) : given);
    }
    return outputs;
  }

  private void requireFeatures(
      String input, String law, Tensor x, OptionalInt features, boolean single) {
    String batched = options.batchFirst() ? "N, L, " : "L, N, ";
    String form = (single ? "L, " : batched) + features.orElse(embedDim);
    Arguments.owned(
        NAME,
        Map.of(),
        () -> {
          String name = NAME + " (" + input + ")";
          Arguments.requireShape(name, law, x, form);
          Arguments.requireDType(name, x, weights.outProj().weight().dtype());
          return x;
        });
  }

  private void requireAlike(String law, String input, Tensor x, int axis, Dim expected) {
    if (x.size(axis).differsFrom(expected)) {
      throw Mismatch.of(law, NAME, expected, x.size(axis))
          .withType(x.type())
          .error(
              "%s (%s) expects %s at dim %d, found %s"
                  .formatted(NAME, input, expected, axis, x.type()));
    }
  }

  private Tensor batchFirst(Tensor x) {
    return Arguments.hasRank(x, 2) ? x.unsqueeze(0) : options.batchFirst() ? x : x.transpose(0, 1);
  }

  /** The projection after the heads. */
  public Linear outProj() {
    return weights.outProj();
  }

  /** The parameters of the projections before the heads. */
  public List<Parameter> inProjections() {
    return weights.inProjections();
  }

  @Override
  public void onModeChange(boolean toTraining) {
    training = toTraining;
  }

  /** Without dropout both modes are alike, and so this is false. */
  @Override
  public boolean isTraining() {
    return training && options.dropout() > 0;
  }

  @Override
  public Structure structure() {
    return weights.structure(NAME);
  }
}
