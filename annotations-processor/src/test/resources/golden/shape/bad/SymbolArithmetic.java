package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** 2 * seq + 1 steps and 2 * seq steps never are the same number. */
@Model
final class SymbolArithmetic implements UnaryModule {
  @Layer final Linear fc = new Linear(4, 4);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "seq", "4"}) Tensor x) {
    Tensor doubled = Tensor.cat(List.of(x, x), 1);
    Tensor framed = Functional.pad(doubled, 0, 0, 1, 0);
    return Tensor.stack(List.of(doubled, fc.forward(framed)), 0);
  }
}
