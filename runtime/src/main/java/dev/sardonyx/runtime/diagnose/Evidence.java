package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.tensor.Data;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One node with all that was put into it and came out, by name: enough to run it again.
 *
 * @param constants inputs of it that are weights of the graph
 * @param inputs its other inputs, as the reference computed them
 * @param engine its outputs on the engine, the node alone on these inputs
 * @param reference its outputs on the reference
 */
public record Evidence(
    Node node,
    Map<String, Data> constants,
    Map<String, Data> inputs,
    Map<String, Data> engine,
    Map<String, Data> reference) {
  public Evidence {
    constants = copy(constants);
    inputs = copy(inputs);
    engine = copy(engine);
    reference = copy(reference);
  }

  private static Map<String, Data> copy(Map<String, Data> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Everything that the node takes. */
  public Map<String, Data> taken() {
    Map<String, Data> all = new LinkedHashMap<>(constants);
    all.putAll(inputs);
    return all;
  }
}
