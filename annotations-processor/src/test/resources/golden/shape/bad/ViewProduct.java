package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** 8 heads of 60 features are not 512. */
@Model
final class ViewProduct implements UnaryModule {
  @Layer final Linear query = new Linear(512, 512);

  @Forward
  @Override
  public Tensor forward(@Input({"2", "10", "512"}) Tensor x) {
    Tensor q = query.forward(x);
    return q.view(2, 10, 8, 60).transpose(1, 2);
  }
}
