package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.Op;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a trace does with operations instead of computing them. */
public interface Recorder {

  /**
   * Records a node and returns its outputs, whose types are known and whose contents are not.
   * Errors: what the operator's inference reports.
   *
   * @param most how many outputs are wanted, if the operator has as many
   */
  List<Tensor> record(Op op, List<Optional<Tensor>> inputs, int most);

  /** The tensors that the trace was given. */
  List<Tensor> inputs();

  /** Notes which member of a container forward takes, so that the graph can say so. */
  void choose(Object container, String member, List<String> members);

  /** Runs a module's forward so that what it records is known to be its own. */
  List<Tensor> inModule(Object module, List<Tensor> inputs, Supplier<List<Tensor>> forward);
}
