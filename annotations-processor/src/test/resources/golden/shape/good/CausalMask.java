package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Masks computed by tensors of known contents within forward. */
@Model
final class CausalMask implements UnaryModule {
  private static final int STEPS = 7;

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "7", "16"}) Tensor x) {
    Tensor allowed = Tensor.ones(STEPS, STEPS).tril();
    Tensor distances = Tensor.arange(STEPS).unsqueeze(0).sub(Tensor.arange(STEPS).unsqueeze(1));
    Tensor scores = x.matmul(x.transpose(1, 2)).add(distances);
    Tensor masked = scores.maskedFill(allowed.eq(0), Float.NEGATIVE_INFINITY);
    return masked.softmax(-1).matmul(x);
  }
}
