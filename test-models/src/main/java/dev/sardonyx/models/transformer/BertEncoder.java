package dev.sardonyx.models.transformer;

import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.TransformerEncoder;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.nn.TransformerEncoderLayerOptions.Activation;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** A small BERT: embeddings of 64 tokens with their positions, then 4 layers of 256 features. */
@Model
public final class BertEncoder implements UnaryModule {
  private static final int FEATURES = 256;
  private static final int TOKENS = 64;

  @Layer final Embedding tokens = new Embedding(30522, FEATURES);
  @Layer final Embedding positions = new Embedding(TOKENS, FEATURES);
  @Layer final LayerNorm norm = new LayerNorm(FEATURES, o -> o.eps(1e-12));

  @Layer
  final TransformerEncoder encoder =
      new TransformerEncoder(
          new TransformerEncoderLayer(
              FEATURES,
              4,
              o -> o.dimFeedforward(4 * FEATURES).activation(Activation.GELU).batchFirst(true)),
          4);

  /** The features of each token: {@code [batch, 64, 256]}. */
  @Forward
  @Override
  public Tensor forward(
      @Input(
              value = {"batch", "64"},
              dtype = DType.INT64)
          Tensor x) {
    return encoder.forward(norm.forward(tokens.forward(x).add(positions.weight())));
  }
}
