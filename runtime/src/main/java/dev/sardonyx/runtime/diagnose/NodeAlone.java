package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One node as a graph of its own. */
final class NodeAlone {
  private NodeAlone() {}

  /**
   * Runs it. Constants stay constants, because engines prepare them; so do integers, because they
   * may be shapes, which engines want to know beforehand. Errors: the engine's, at the node.
   */
  static Map<String, Data> run(
      Engine engine,
      Node node,
      Map<String, Data> constants,
      Map<String, Data> inputs,
      SessionOptions options) {
    Map<String, DenseTensor> fixed = new LinkedHashMap<>();
    List<Value> given = new ArrayList<>();
    Map<String, Data> values = new LinkedHashMap<>();
    constants.forEach((name, value) -> fixed.put(name, ((Tensor) value).dense()));
    inputs.forEach(
        (name, value) -> {
          if (value instanceof Tensor tensor && Chain.isWhole(tensor.dtype())) {
            fixed.put(name, tensor.dense());
          } else {
            given.add(new Value(name, value.type()));
            values.put(name, value);
          }
        });
    List<Value> outputs = node.outputs().stream().filter(Value::isPresent).toList();
    var alone = new Graph(node.name(), given, outputs, List.of(node), fixed, Map.of());
    try (Session session = engine.open(alone, options)) {
      return session.runData(values);
    } catch (SardonyxException error) {
      throw error.at(node.place() + " by itself");
    }
  }
}
