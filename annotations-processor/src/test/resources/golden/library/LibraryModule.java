package library;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

/** Good in its own package; what a subclass in another package can see of it is another matter. */
public abstract class LibraryModule implements NnModule {
  @Layer public Parameter open;
  @Layer protected Parameter guarded;
  @Layer Parameter near;

  @Forward
  protected Tensor compute(Tensor x) {
    return x;
  }
}
