package golden;

import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.LSTM;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** The LSTM takes 128 features, the embedding gives 100. */
@Model
final class LstmInputSize implements NnModule {
  @Layer final Embedding embedding = new Embedding(5000, 100);
  @Layer final LSTM lstm = new LSTM(128, 256, o -> o.batchFirst(true).numLayers(2));

  record Result(Tensor output, Tensor hidden) {}

  @Forward
  Result run(@Input(value = {"batch", "seq"}, dtype = DType.INT64) Tensor text) {
    LSTM.Output result = lstm.forward(embedding.forward(text));
    return new Result(result.output(), result.hidden());
  }
}
