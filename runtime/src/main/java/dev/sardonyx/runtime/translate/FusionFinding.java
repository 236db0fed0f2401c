package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.diagnose.Element;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where an engine that optimises goes wrong though it computes each node rightly by itself.
 *
 * @param engine its name
 * @param node the first node up to which the optimised graph is wrong
 * @param value the value that is off there
 * @param comparison how far it is off from the same nodes computed as they are written
 * @param worst a few elements of it, optimised and (as the reference) as written
 * @param fused the nodes that are computed together there: each value between them puts it right
 *     when it is asked for
 * @param opens how many sessions that took
 */
public record FusionFinding(
    String engine,
    Node node,
    String value,
    Comparison comparison,
    List<Element> worst,
    List<Node> fused,
    int opens) {
  public FusionFinding {
    worst = List.copyOf(worst);
    fused = List.copyOf(fused);
  }

  /** For example {@code engine native, optimised, is wrong from relu_3 (Relu) on, ...}. */
  @Override
  public String toString() {
    return "engine "
        + engine
        + ", optimised, is wrong from "
        + Nodes.inWords(node)
        + " on: the first value that is off is "
        + value
        + comparison.difference().map(what -> "; " + what).orElse("")
        + (fused.size() < 2
            ? ""
            : "; computed together there: "
                + fused.stream().map(Nodes::inWords).collect(Collectors.joining(", ")));
  }
}
