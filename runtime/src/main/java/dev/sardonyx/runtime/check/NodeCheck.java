package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares two engines node by node, each node with its whole past and alone. */
final class NodeCheck {
  private final Graph graph;
  private final Engine engine;
  private final Engine reference;

  NodeCheck(Graph graph, Engine engine, Engine reference) {
    this.graph = graph;
    this.engine = engine;
    this.reference = reference;
  }

  /** The first node whose own error, or the error that arrives there, exceeds its tolerance. */
  Optional<Divergence> firstDivergence(Map<String, Tensor> inputs) {
    Graph exposed = exposed();
    Map<String, Tensor> found = run(engine, exposed, inputs);
    Map<String, Tensor> expected = run(reference, exposed, inputs);
    Map<String, Tensor> known = new LinkedHashMap<>(graph.initializers());
    known.putAll(inputs);
    known.putAll(expected);
    var random = RandomValues.of(graph);
    for (Node node : graph.nodes()) {
      if (node.op().precision() == Precision.RANDOM) {
        continue;
      }
      Map<String, Tensor> alone = runAlone(node, known);
      for (Value output : node.outputs()) {
        if (output.isPresent()) {
          String name = output.name();
          Tensor b = CrossCheck.output(reference.name(), expected, name);
          Tensor a = CrossCheck.output(engine.name(), found, name);
          var accumulated = Comparison.of(a, b, Tolerance.ofModel(b.dtype()));
          var tolerance = Tolerance.ofOperator(node.op().precision(), b.dtype());
          Tensor own = CrossCheck.output(engine.name(), alone, name);
          var isolated = Comparison.of(own, b, tolerance);
          boolean arrived = random.contains(name) || accumulated.passes();
          if (!arrived || !isolated.passes()) {
            return Optional.of(new Divergence(node, output, accumulated, isolated));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The graph with every value as an output, so that no engine fuses any of them away. */
  private Graph exposed() {
    var outputs = new LinkedHashSet<>(graph.outputs());
    graph.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .filter(Value::isPresent)
        .forEach(outputs::add);
    return graph.withOutputs(new ArrayList<>(outputs));
  }

  private static Map<String, Tensor> run(Engine on, Graph graph, Map<String, Tensor> inputs) {
    try (Session session = on.open(graph, SessionOptions.defaults())) {
      return session.run(inputs);
    }
  }

  /**
   * The node as a graph of its own. Constants stay constants, because engines prepare them; so do
   * integers, because they may be shapes, which engines want to know beforehand.
   */
  private Map<String, Tensor> runAlone(Node node, Map<String, Tensor> known) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>();
    Map<String, Value> given = new LinkedHashMap<>();
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Value input : node.inputs()) {
      Tensor value = known.get(input.name());
      if (value == null) {
        continue; // an optional input that is left out
      }
      boolean integers = value.dtype() == DType.INT64 || value.dtype() == DType.INT32;
      if (integers || graph.initializers().containsKey(input.name())) {
        constants.put(input.name(), value.dense());
      } else {
        given.put(input.name(), new Value(input.name(), value.type()));
        values.put(input.name(), value);
      }
    }
    List<Value> outputs = node.outputs().stream().filter(Value::isPresent).toList();
    var alone =
        new Graph(
            node.name(), List.copyOf(given.values()), outputs, List.of(node), constants, Map.of());
    return run(engine, alone, values);
  }
}
