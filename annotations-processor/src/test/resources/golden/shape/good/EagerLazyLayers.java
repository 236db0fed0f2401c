package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A projection made when the first input shows how wide it must be. */
@Model
final class EagerLazyLayers implements UnaryModule {
  @Layer Linear project;
  @Layer final Linear fc = new Linear(4, 2);

  private Linear project(Tensor x) {
    if (project == null) {
      project = new Linear((int) x.size(-1).fixed(), 4);
    }
    return project;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "19"}) Tensor x) {
    return fc.forward(project(x).forward(x));
  }
}
