package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;

/** What a module has under a name. */
sealed interface Member {
  /** A layer of the library. */
  record OfLibrary(LayerUse layer) implements Member {}

  /** A module of the user's. */
  record OwnModule(ModuleCall call) implements Member {}

  /** A tensor of the module itself: a parameter, or a buffer. */
  record Bare(DenseTensor value, boolean parameter) implements Member {}
}
