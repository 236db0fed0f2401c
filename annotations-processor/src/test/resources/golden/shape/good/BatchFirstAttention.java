package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.MultiheadAttention;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.TransformerEncoder;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.tensor.Tensor;

/** Attention of all kinds: own widths of keys, masks, weights as a second result. */
@Model
final class BatchFirstAttention implements NnModule {
  @Layer
  final MultiheadAttention cross =
      new MultiheadAttention(32, 4, o -> o.kdim(20).vdim(24).batchFirst(true));

  @Layer
  final TransformerEncoder encoder =
      new TransformerEncoder(
          new TransformerEncoderLayer(32, 4, o -> o.batchFirst(true).dimFeedforward(48)),
          2,
          new LayerNorm(32));

  record Result(Tensor output, Tensor weights) {}

  @Forward
  Result attend(
      @Input({"batch", "target", "32"}) Tensor query,
      @Input({"batch", "source", "20"}) Tensor key,
      @Input({"batch", "source", "24"}) Tensor value) {
    MultiheadAttention.Output result = cross.forward(query, key, value);
    Tensor weights = result.weights().orElseThrow();
    return new Result(encoder.forward(result.output()), weights);
  }
}
