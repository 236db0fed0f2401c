package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What the annotation processor writes about a module class: only what the compiler knows and the
 * library cannot. Found by ServiceLoader.
 *
 * @param <M> the module class
 */
public interface ModelDescriptor<M extends NnModule> {

  /** The described class. */
  Class<M> type();

  /** The registered name; empty for a class that is only part of models. */
  Optional<String> registeredName();

  /** A new model. Throws UnsupportedOperationException for a class that is not registered. */
  M create();

  /** The members of a module. */
  Structure structure(M module);

  /** The inputs of forward: names and tensor types. Empty when a part does not declare them. */
  List<Value> inputs();

  /** The names of forward's outputs. */
  List<String> outputs();

  /** Calls forward with inputs in order; outputs in order. */
  List<Tensor> forward(M module, List<Tensor> inputs);

  /** Where forward is declared. */
  SourceLocation source();
}
