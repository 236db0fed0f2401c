package golden;

import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.TransformerEncoder;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** The encoder is 512 wide, the embeddings 256. */
@Model
final class TransformerEncoderWidth implements UnaryModule {
  private static final int FEATURES = 256;

  @Layer final Embedding tokens = new Embedding(1000, FEATURES);
  @Layer final TransformerEncoder encoder =
      new TransformerEncoder(
          new TransformerEncoderLayer(2 * FEATURES, 8, o -> o.batchFirst(true)), 2);

  @Forward
  @Override
  public Tensor forward(@Input(value = {"batch", "seq"}, dtype = DType.INT64) Tensor x) {
    return encoder.forward(tokens.forward(x));
  }
}
