package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

/** Deprecated members draw no warning from the descriptor. */
@Model
public class OldNet implements UnaryModule {
  @Deprecated @Layer Parameter weight = new Parameter(Tensor.ones(2));

  @Override
  @Forward
  @SuppressWarnings("deprecation")
  public Tensor forward(@Input({"n"}) Tensor x) {
    return x.mul(weight);
  }
}
