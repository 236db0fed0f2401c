package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.Op;
import java.util.List;
import java.util.Optional;

/**
 * Computes single operators at once; found by ServiceLoader. The runtime's native engine is one.
 */
public interface Evaluator {

  /** The outputs of an operator. Errors: UNSUPPORTED for an operator or type it does not have. */
  List<Tensor> evaluate(Op op, List<Optional<Tensor>> inputs);
}
