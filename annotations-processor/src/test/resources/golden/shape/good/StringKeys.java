package golden;

import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.Conv1d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Names of members are put together from parts. */
@Model
final class StringKeys implements UnaryModule {
  private static final String NOTES =
      """
      norm: one for each resolution
      conv: one for each "resolution"
      """;

  @Layer final ModuleDict<UnaryModule> layers = new ModuleDict<>();

  StringKeys() {
    for (int size = 8; size <= 32; size *= 2) {
      layers.add("conv" + size, new Conv1d(size, 2 * size, 1));
      layers.add("norm%d".formatted(2 * size), new BatchNorm1d(2 * size));
    }
    if (NOTES.lines().count() != 2) {
      throw new IllegalStateException(NOTES);
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "8", "length"}) Tensor x) {
    for (String name : layers) {
      x = layers.get(name).forward(x);
    }
    StringBuilder key = new StringBuilder("norm");
    key.append(64);
    return layers.get(key.toString()).forward(x);
  }
}
