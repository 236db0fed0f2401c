package dev.sardonyx.models.transformer;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.nn.TransformerEncoderLayerOptions.Activation;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** One of the 12 layers of BERT-base: 768 features, 12 heads, 128 tokens. */
@Model
public final class BertBaseLayer implements UnaryModule {
  @Layer
  final TransformerEncoderLayer layer =
      new TransformerEncoderLayer(
          768, 12, o -> o.dimFeedforward(3072).activation(Activation.GELU).batchFirst(true));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "128", "768"}) Tensor x) {
    return layer.forward(x);
  }
}
