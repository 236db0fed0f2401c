package dev.sardonyx.ort;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/**
 * A graph whose integer divisions ONNX Runtime survives: version 1.29 ends the process (SIGFPE)
 * where Div or Mod meets the least number of its type over -1, whose quotient the type does not
 * hold. NumPy's, which ONNX means, wraps around: the least number, and 0 for Mod.
 *
 * @param graph the same but that it never divides by -1 where that is not known to be safe; gives
 *     the same numbers, and after its own outputs where they are so because of this
 * @param traps the nodes that ONNX Runtime would not survive, by the name of an output of truth
 *     values that holds where; those within the graphs of nodes are not told
 */
record Divisions(Graph graph, Map<String, Node> traps) {

  /** Of any graph; the same where nothing is to be guarded. */
  static Divisions of(Graph graph) {
    return new DivisionGuard(graph).guarded();
  }

  /**
   * Demands that a node would not have ended the process. Errors: ENGINE naming it.
   *
   * @param trap one of the traps
   * @param truth what that output holds
   */
  void requireSafe(String trap, Data truth) {
    DenseTensor holds = ((Tensor) truth).dense();
    for (long i = 0; i < holds.elements(); i++) {
      if (holds.doubleAt(i) != 0) {
        Node node = Objects.requireNonNull(traps.get(trap), trap);
        throw new SardonyxException(
            ErrorCode.ENGINE,
            "ONNX Runtime ends the process where the least integer of a type is divided by -1, as "
                + node.op().name()
                + " is asked to at "
                + node.place()
                + "; run this on the engine 'native', where the quotient wraps around as in NumPy");
      }
    }
  }
}
