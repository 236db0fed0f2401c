package dev.sardonyx.api.engine;

/**
 * A session tied to tensors of the caller: each run reads the inputs as they then are and writes
 * the outputs anew. For one thread at a time; it ends with its session.
 */
@FunctionalInterface
public interface Binding {

  /** Computes the outputs. Errors: those of {@link Session#run}. */
  void run();
}
