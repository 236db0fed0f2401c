package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A name that the descriptor imports. */
@Model
public class Value implements UnaryModule {
  @Override
  @Forward
  public Tensor forward(@Input({"n"}) Tensor x) {
    return x;
  }
}
