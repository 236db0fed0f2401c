package dev.sardonyx.models.onnx;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.vote.Exact;
import dev.sardonyx.runtime.vote.ExactNode;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A graph computed node by node by the definitions that vote, each result rounded to its type. */
final class DefinedGraph {
  private DefinedGraph() {}

  /** All values by name; empty where a node is not defined. */
  static Optional<Map<String, Data>> run(Graph graph, Map<String, ? extends Data> inputs) {
    Map<String, Data> values = new LinkedHashMap<>(graph.initializers());
    values.putAll(inputs);
    for (Node node : graph.nodes()) {
      ExactNode exact = ExactNode.of(node, values);
      if (!exact.voter().endsWith("by its definition")) {
        return Optional.empty();
      }
      for (Value output : node.outputs()) {
        exact.output(output.name()).ifPresent(one -> values.put(output.name(), dense(one)));
      }
    }
    return Optional.of(values);
  }

  static Tensor dense(Exact exact) {
    var shape = exact.type().shape();
    MemorySegment memory = DenseTensor.allocate(exact.dtype(), shape);
    var elements = new Elements(exact.dtype());
    for (long i = 0; i < exact.elements(); i++) {
      if (exact.isFloat()) {
        elements.real(memory, i, exact.at(i));
      } else {
        elements.integer(memory, i, exact.wholeAt(i));
      }
    }
    return DenseTensor.view(exact.dtype(), shape, memory);
  }
}
