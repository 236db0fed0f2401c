package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;

/** Gives memory for results, within a budget. */
@FunctionalInterface
public interface Allocator {

  /** Zeroed memory for a tensor. Errors: LIMIT. */
  MemorySegment allocate(TensorType type);
}
