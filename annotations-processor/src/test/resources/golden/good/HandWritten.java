package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Who says the structure needs no Layer. */
@Model
public class HandWritten implements UnaryModule {
  private final List<Parameter> weights = List.of(new Parameter(Tensor.ones(2)));

  @Override
  public Structure structure() {
    return Structure.of("HandWritten").add("weight", weights.getFirst());
  }

  @Override
  @Forward
  public Tensor forward(@Input({"batch", "2"}) Tensor x) {
    return x.mul(weights.getFirst());
  }
}
