package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.Op;
import java.util.List;
import java.util.Optional;

/**
 * Computes single operators at once; found by ServiceLoader. The runtime's native engine is one.
 */
public interface Evaluator {

  /**
   * The first outputs of an operator. Errors: UNSUPPORTED for an operator or type it does not have.
   *
   * @param most how many outputs are wanted, if the operator has as many
   */
  List<Tensor> evaluate(Op op, List<Optional<Tensor>> inputs, int most);

  /** All outputs of an operator, optional ones too. Errors: as above. */
  default List<Tensor> evaluate(Op op, List<Optional<Tensor>> inputs) {
    return evaluate(op, inputs, Integer.MAX_VALUE);
  }
}
