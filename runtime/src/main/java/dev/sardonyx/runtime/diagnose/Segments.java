package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Cuts a graph into segments whose weights and values take no more than some memory. Sizes are
 * those that inference finds for the shapes of the inputs; a value whose size depends on data
 * counts as much as the largest whose size does not.
 */
final class Segments {
  /** A weight lies in an engine's memory, in its file and in what is read of that. */
  private static final int COPIES_OF_WEIGHTS = 3;

  private final Graph graph;
  private final long budget;
  private final Map<String, Long> bytes = new HashMap<>();
  private final Map<String, Integer> lastUses = new HashMap<>();
  private final long largest;

  /**
   * Segments of a graph.
   *
   * @param budget bytes that the values and weights of one may take; one node may take more
   */
  Segments(Graph graph, Map<String, Data> inputs, long budget) {
    this.graph = graph;
    this.budget = budget;
    Graph typed = typed(graph, inputs);
    for (Node node : typed.nodes()) {
      for (Value output : node.outputs()) {
        if (output.type() instanceof TensorType type
            && type.dtype() != DType.STRING
            && type.shape().isFixed()) {
          bytes.put(output.name(), type.dtype().bytes(type.shape().elements().fixed()));
        }
      }
    }
    largest = bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (Value input : graph.nodes().get(i).inputs()) {
        lastUses.put(input.name(), i);
      }
    }
    graph.outputs().forEach(output -> lastUses.put(output.name(), graph.nodes().size()));
  }

  /** With the shapes that these inputs lead to, as far as they are known without running. */
  private static Graph typed(Graph graph, Map<String, Data> inputs) {
    List<ValueType> types =
        graph.inputs().stream()
            .map(input -> inputs.containsKey(input.name()) ? of(inputs, input) : input.type())
            .toList();
    try {
      return GraphInference.infer(graph, types);
    } catch (SardonyxException _) { // what is wrong there, the engines say when they run it
      return graph;
    }
  }

  private static ValueType of(Map<String, Data> inputs, Value input) {
    return Objects.requireNonNull(inputs.get(input.name())).type();
  }

  Segment first() {
    return beginning(0);
  }

  Segment after(Segment segment) {
    return beginning(segment.to());
  }

  private Segment beginning(int from) {
    Set<String> weights = new HashSet<>();
    long taken = 0;
    int to = from;
    while (to < graph.nodes().size()) {
      taken += taken(graph.nodes().get(to), weights);
      if (taken > budget && to > from) {
        break;
      }
      to++;
    }
    return new Segment(graph, from, to);
  }

  private long taken(Node node, Set<String> weights) {
    long taken = 0;
    for (Value input : node.inputs()) {
      DenseTensor weight = graph.initializers().get(input.name());
      if (weight != null && weights.add(input.name())) {
        taken += COPIES_OF_WEIGHTS * weight.byteSize();
      }
    }
    for (Value output : node.outputs()) {
      taken += output.isPresent() ? bytes.getOrDefault(output.name(), largest) : 0;
    }
    return taken;
  }

  /** Whether a value is needed after a segment, be it as an output of the graph. */
  boolean isNeededAfter(Segment segment, String name) {
    return lastUses.getOrDefault(name, -1) >= segment.to();
  }

  /** A segment that goes on until none of these is needed after it. */
  Segment until(Segment segment, Collection<String> values) {
    int end = segment.to();
    for (String value : values) {
      end = Math.max(end, lastUses.getOrDefault(value, -1) + 1);
    }
    return segment.upTo(Math.min(end, graph.nodes().size()));
  }
}
