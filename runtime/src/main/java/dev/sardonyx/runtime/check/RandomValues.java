package dev.sardonyx.runtime.check;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Precision;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The values of a graph that depend on random numbers: no two engines draw the same. */
record RandomValues(Set<String> names) {

  static RandomValues of(Graph graph) {
    Set<String> names = new HashSet<>();
    for (Node node : graph.nodes()) {
      boolean random =
          node.op().precision() == Precision.RANDOM
              || node.inputs().stream().anyMatch(value -> names.contains(value.name()));
      if (random) {
        node.outputs().stream()
            .filter(Value::isPresent)
            .forEach(output -> names.add(output.name()));
      }
    }
    return new RandomValues(Set.copyOf(names));
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /** What a report must say of outputs that are not compared. */
  Optional<String> note(Graph graph) {
    List<String> outputs =
        graph.outputs().stream().map(Value::name).filter(names::contains).toList();
    return outputs.isEmpty()
        ? Optional.empty()
        : Optional.of("not compared, because they depend on random numbers: outputs " + outputs);
  }
}
