package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.RMSNorm;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** The norm of one head where all heads come. */
@Model
final class RmsNormSize implements UnaryModule {
  private static final int HEADS = 8;
  private static final int HEAD_SIZE = 64;

  @Layer final RMSNorm norm = new RMSNorm(HEAD_SIZE);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "seq", "512"}) Tensor x) {
    Tensor y = norm.forward(x);
    return y.unflatten(-1, HEADS, HEAD_SIZE);
  }
}
