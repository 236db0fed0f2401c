package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.MultiheadAttention;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;

/** The keys have another width, which kdim must say. */
@Model
final class AttentionEmbedDim implements NnModule {
  @Layer final MultiheadAttention attention =
      new MultiheadAttention(64, 4, o -> o.batchFirst(true));

  @Forward
  Tensor attend(
      @Input({"batch", "target", "64"}) Tensor query,
      @Input({"batch", "source", "48"}) Tensor memory) {
    return attention.forward(query, memory, memory).output();
  }
}
