package dev.sardonyx.models;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A model with the mistake that every tutorial warns of: fc's size does not fit what arrives. */
@Model
public final class BrokenShapes implements UnaryModule {
  /** Known at run time alone, or this class would not compile. */
  private static final int FEATURES = Integer.getInteger("sardonyx.features", 1000);

  @Layer final Conv2d conv = new Conv2d(1, 8, 3);
  @Layer final Flatten flatten = new Flatten();
  @Layer final Linear fc = new Linear(FEATURES, 10);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "28", "28"}) Tensor x) {
    return fc.forward(flatten.forward(conv.forward(x)));
  }
}
