package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.Graph;
import java.util.List;
import java.util.Optional;

/**
 * What a bisection found: how far an engine lies from a reference at each node.
 *
 * @param graph what both ran
 * @param engine the name of the engine that is checked
 * @param reference the name of the other
 * @param nodes one finding per node, in the graph's order; where the bisection ends at the first
 *     fault, up to that
 * @param suspect the node to look at: the first fault, else where the engines part, else the worst;
 *     empty where no node was compared
 * @param notes what was left out, and why
 */
public record Diagnosis(
    Graph graph,
    String engine,
    String reference,
    List<NodeFinding> nodes,
    Optional<Suspect> suspect,
    List<String> notes) {
  public Diagnosis {
    nodes = List.copyOf(nodes);
    notes = List.copyOf(notes);
  }

  /** How many nodes were compared. */
  public int compared() {
    return (int) nodes.stream().filter(node -> node.leftOut().isEmpty()).count();
  }

  /** Where the engines part, if they do. */
  public Optional<Suspect> divergence() {
    return suspect.filter(Suspect::isDivergence);
  }

  /** The suspect in some lines for people; empty where there is none. */
  public String describe() {
    return suspect
        .map(one -> String.join("\n", SuspectText.lines(one, engine, reference)) + "\n")
        .orElse("");
  }
}
