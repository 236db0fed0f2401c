package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Tensor;

/** A mask computed by an engine, before forward runs. */
@Model
final class EngineInConstructor implements UnaryModule {
  @Layer final Buffer mask = new Buffer(Tensor.ones(7, 7).tril().unsqueeze(0));
  @Layer final Linear fc;

  EngineInConstructor() {
    float[] values = mask.mul(2).sum(-1).reshape(-1).floats();
    fc = new Linear(9, (int) values[6] - 10);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "7", "9"}) Tensor x) {
    return mask.matmul(fc.forward(x));
  }
}
