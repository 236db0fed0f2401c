package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** A mean needs floats: cast the tokens first. */
@Model
final class MeanOfIntegers implements UnaryModule {
  @Forward
  @Override
  public Tensor forward(@Input(value = {"batch", "4"}, dtype = DType.INT64) Tensor x) {
    return x.mean(1);
  }
}
