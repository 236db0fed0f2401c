package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that are the same in every run, by name. */
@FunctionalInterface
interface Constants {
  /** A constant; empty for what is none. */
  Optional<DenseTensor> of(String name);

  /** Those of the main graph; an initializer that only gives an input its default is none. */
  static Constants of(Graph graph) {
    Map<String, DenseTensor> byName = new HashMap<>(graph.initializers());
    graph.inputs().stream().map(Value::name).forEach(byName::remove);
    return name -> Optional.ofNullable(byName.get(name));
  }

  /** Those of a graph within a node, what it takes from around it included. */
  default Constants within(Node node, GraphBody body) {
    Constants own = of(body.graph());
    List<Value> formal = body.graph().inputs();
    List<Value> captured = node.inputs();
    Map<String, String> outer = new HashMap<>();
    for (int i = 1; i <= body.captures(); i++) {
      outer.put(formal.get(formal.size() - i).name(), captured.get(captured.size() - i).name());
    }
    return name -> outer.containsKey(name) ? of(outer.get(name)) : own.of(name);
  }

  /** Those and more. */
  default Constants and(Map<String, DenseTensor> more) {
    return name -> Optional.ofNullable(more.get(name)).or(() -> of(name));
  }
}
