package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The second output of the encoder has 8 features, not 32. */
@Model
final class RecordOutputs implements UnaryModule {
  record Encoded(Tensor features, Tensor code) {}

  static final class Encoder implements NnModule {
    @Layer final Linear fc1 = new Linear(64, 32);
    @Layer final Linear fc2 = new Linear(32, 8);

    @Forward
    Encoded encode(Tensor x) {
      Tensor features = Functional.relu(fc1.forward(x));
      return new Encoded(features, fc2.forward(features));
    }
  }

  @Layer final Encoder encoder = new Encoder();
  @Layer final Linear decoder = new Linear(32, 64);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "64"}) Tensor x) {
    Encoded encoded = encoder.encode(x);
    return decoder.forward(encoded.code());
  }
}
