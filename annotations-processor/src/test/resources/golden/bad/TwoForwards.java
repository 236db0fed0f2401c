package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

@Model
class TwoForwards implements UnaryModule {
  @Forward
  public Tensor forward(@Input({"n"}) Tensor x) {
    return x;
  }

  @Forward
  Tensor forward(@Input({"n"}) Tensor x, @Input({"n"}) Tensor y) {
    return x.add(y);
  }
}
