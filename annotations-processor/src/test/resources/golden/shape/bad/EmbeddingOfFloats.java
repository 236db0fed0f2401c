package golden;

import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The dtype was forgotten in @Input: tokens are int64. */
@Model
final class EmbeddingOfFloats implements UnaryModule {
  @Layer final Embedding tokens = new Embedding(1000, 64);
  @Layer final LayerNorm norm = new LayerNorm(64);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "seq"}) Tensor x) {
    return norm.forward(tokens.forward(x));
  }
}
