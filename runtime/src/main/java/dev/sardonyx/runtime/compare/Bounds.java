package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import java.util.Map;

/**
 * How far the values of one graph may lie off in one run: by the tolerances of the check, by how
 * many roundings lie before a value, and by what of it has cancelled, as far as the nodes were
 * added.
 */
public final class Bounds {
  private final Tolerances tolerances;
  private final Depths depths;
  private final Magnitudes magnitudes = new Magnitudes();

  /** Errors: ARGUMENT for tolerances of what the graph does not have. */
  public Bounds(Graph graph, Tolerances tolerances) {
    tolerances.requireIn(graph);
    this.tolerances = tolerances;
    this.depths = Depths.of(graph);
  }

  /**
   * Adds a node, in the graph's order.
   *
   * @param known a reference's values by name, what the node takes and gives at least
   */
  public void add(Node node, Map<String, Data> known) {
    magnitudes.add(node, known);
  }

  /** Of an output of the graph. */
  public Tolerance ofOutput(String name, DType dtype) {
    return tolerances.forOutput(name, dtype, depths.of(name)).madeOf(magnitudes.of(name));
  }

  /** Of a node's output with all its past. */
  public Tolerance ofValue(Node node, String name, DType dtype) {
    return tolerances.forValue(node, name, dtype, depths.of(name)).madeOf(magnitudes.of(name));
  }

  /** Of a node's output alone; the node must be added. */
  public Tolerance ofNode(Node node, Value output, Map<String, Data> known, DType dtype) {
    return tolerances.forNode(node, dtype).madeOf(magnitudes.alone(node, output, known));
  }
}
