package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.diagnose.Element;
import java.util.List;
import java.util.Optional;

/**
 * A pass that changes the numbers of a graph, or makes a graph that does not run.
 *
 * @param pass its name
 * @param place which of all passes that were applied it is, from 1
 * @param node the first node that the pass wrote or changed on the way to the value; where the
 *     value became a constant, the node that computed it; empty where the graph cannot run
 * @param value the first value of both graphs whose numbers differ; empty likewise
 * @param comparison how far it is off from the graph before
 * @param worst a few elements of it, after the pass and (as the reference) before
 * @param inputs which of the sets of inputs showed it, from 1; 0 where none was needed
 * @param failure what is wrong with the graph that the pass made, where it cannot run
 */
public record PassFinding(
    String pass,
    int place,
    Optional<Node> node,
    Optional<String> value,
    Optional<Comparison> comparison,
    List<Element> worst,
    int inputs,
    Optional<String> failure) {
  public PassFinding {
    worst = List.copyOf(worst);
  }

  static PassFinding failed(String pass, int place, String failure) {
    return new PassFinding(
        pass,
        place,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        0,
        Optional.of(failure));
  }

  /**
   * For example {@code pass fold-scales (12th) is wrong at conv_3 (Conv, layer1.0), Net.java:4}.
   */
  @Override
  public String toString() {
    return "pass "
        + pass
        + " (number "
        + place
        + ")"
        + node.map(at -> " is wrong at " + Nodes.inWords(at)).orElse("")
        + value.map(name -> ": the first value that differs is " + name).orElse("")
        + comparison.flatMap(Comparison::difference).map(what -> "; " + what).orElse("")
        + failure.map(what -> " makes a graph that does not run: " + what).orElse("");
  }
}
