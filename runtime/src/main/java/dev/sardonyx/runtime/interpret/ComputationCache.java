package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.TextOp;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The computations of operators that need patterns and tables, made once for all runs of a graph.
 * Operators are told apart by identity: they are long to compare. Thread-safe.
 */
public final class ComputationCache {
  private final Map<Op, Optional<Computation>> known = new IdentityHashMap<>();

  /** The computation of an operator; empty for one that has a routine. Errors: ARGUMENT. */
  public Optional<Computation> of(Op op) {
    if (!(op instanceof TextOp || op instanceof MlOp)) {
      return Computations.of(op); // costs nothing
    }
    synchronized (known) {
      return known.computeIfAbsent(op, Computations::of);
    }
  }
}
