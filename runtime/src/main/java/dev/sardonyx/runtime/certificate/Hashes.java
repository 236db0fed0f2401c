package dev.sardonyx.runtime.certificate;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.canonical.Digests;
import dev.sardonyx.runtime.canonical.ValueDigests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * SHA-256 of what was tested.
 *
 * @param model of the graph without its weights and without names inside it: inputs, outputs,
 *     operators, attributes and edges
 * @param weights of each weight by name
 */
public record Hashes(String model, SortedMap<String, String> weights) {
  public Hashes {
    weights = new TreeMap<>(weights);
  }

  /** Of a graph. */
  public static Hashes of(Graph graph) {
    ValueDigests digests = ValueDigests.ofStructure(graph);
    List<String> parts = new ArrayList<>();
    graph.inputs().forEach(input -> parts.add("input " + input));
    for (Value output : graph.outputs()) {
      parts.add("output " + output + " " + digests.of(output));
    }
    SortedMap<String, String> weights = new TreeMap<>();
    graph.initializers().forEach((name, tensor) -> weights.put(name, Digests.of(tensor)));
    return new Hashes(together(parts), weights);
  }

  /** Of values by name. */
  public static SortedMap<String, String> ofValues(Map<String, ? extends Data> values) {
    SortedMap<String, String> hashes = new TreeMap<>();
    values.forEach((name, value) -> hashes.put(name, Digests.of(value)));
    return hashes;
  }

  /** Of all weights, with their names. */
  public String allWeights() {
    List<String> parts = new ArrayList<>();
    weights.forEach((name, hash) -> parts.add(name + " " + hash));
    return together(parts);
  }

  /** Each part with its length, so that two lists are not taken for one another. */
  private static String together(List<String> parts) {
    var text = new StringBuilder();
    parts.forEach(part -> text.append(part.length()).append(':').append(part));
    return Digests.text(text.toString());
  }
}
