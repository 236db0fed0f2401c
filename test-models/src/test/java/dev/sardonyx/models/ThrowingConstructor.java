package dev.sardonyx.models;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A model that cannot be made. */
@Model
public final class ThrowingConstructor implements UnaryModule {

  /** Throws. */
  public ThrowingConstructor() {
    throw new IllegalStateException("no weights here");
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3"}) Tensor x) {
    return x;
  }
}
