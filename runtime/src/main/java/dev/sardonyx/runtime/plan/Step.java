package dev.sardonyx.runtime.plan;

/** One operator bound to its buffers: reads its inputs, writes its outputs, allocates nothing. */
@FunctionalInterface
public interface Step {

  /** Computes the outputs anew. Errors: SardonyxException for data that the operator refuses. */
  void run();
}
