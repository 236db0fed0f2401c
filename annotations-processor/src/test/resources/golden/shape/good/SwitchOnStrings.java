package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GLU;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Locale;

/** Switch expressions on strings with fall-through and yield. */
@Model
final class SwitchOnStrings implements UnaryModule {
  private final String kind;
  @Layer final UnaryModule act;
  @Layer final Linear fc;

  SwitchOnStrings() {
    this("glu");
  }

  SwitchOnStrings(String kind) {
    this.kind = kind;
    act =
        switch (kind) {
          case "relu", "plain" -> new ReLU();
          case "glu" -> {
            int dim = -1;
            yield new GLU(dim);
          }
          default -> throw new IllegalArgumentException("no such activation: " + kind);
        };
    int width;
    switch (kind) {
      case "glu":
        width = 8;
        break;
      case "relu":
      default:
        width = 16;
    }
    fc = new Linear(width, 2);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "16"}) Tensor x) {
    Tensor y = act.forward(x);
    String hint = kind.toUpperCase(Locale.ROOT).substring(0, 1);
    return hint.equals("G") ? fc.forward(y) : y;
  }
}
