package dev.sardonyx.runtime.generate.recover;

import java.util.List;

/** Something that a forward method does: a call of a module, or a step of its own. */
sealed interface Item permits ModuleCall, Placed {
  /** The values it takes that are no constants; a value used twice is there twice. */
  List<String> inputs();

  /** The values it gives to others. */
  List<String> outputs();
}
