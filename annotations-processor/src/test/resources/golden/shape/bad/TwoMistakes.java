package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;

/** Two branches, each with a mistake of its own. */
@Model
final class TwoMistakes implements NnModule {
  @Layer final Linear text = new Linear(300, 64);
  @Layer final Linear image = new Linear(2048, 64);

  record Embedded(Tensor text, Tensor image) {}

  @Forward
  Embedded embed(@Input({"batch", "768"}) Tensor words, @Input({"batch", "512"}) Tensor pixels) {
    Tensor a = text.forward(words);
    Tensor b = image.forward(pixels);
    return new Embedded(a, b);
  }
}
