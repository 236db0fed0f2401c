package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.tune.Decision;
import java.util.Optional;

/**
 * What a step computes, for whoever measures it. A step belongs to one node of the graph; what is
 * fused with that has no time of its own.
 *
 * @param node the name of its node
 * @param operator what it computes, first the node's operator, then dots for what is fused with it
 * @param module the module that made the node, as a path of names; empty where none did
 * @param source the user's line
 * @param operations multiplications and additions, as {@link Work} counts them; 0 for what moves
 *     data rather than computes
 * @param bytes what it has to read and write at least, in the types of the graph
 * @param decision why it is computed so, where there are several ways
 */
public record StepLabel(
    String node,
    String operator,
    String module,
    Optional<SourceLocation> source,
    long operations,
    long bytes,
    Optional<Decision> decision) {

  static StepLabel of(Stage stage, Optional<Decision> decision) {
    Node node = stage.node();
    boolean alone = stage.tail().equals(Tail.none()) && stage.parts().isEmpty();
    return new StepLabel(
        node.name(),
        stage.op().name() + (alone ? "" : " + ..."),
        node.origin().module(),
        node.origin().source(),
        Work.of(stage),
        Work.bytes(stage),
        decision);
  }

  static StepLabel of(Node node) {
    return new StepLabel(
        node.name(),
        node.op().name(),
        node.origin().module(),
        node.origin().source(),
        0,
        0,
        Optional.empty());
  }

  /** Name and source line, as {@link Node#place} has them. */
  public String place() {
    return node + source.map(line -> ", " + line).orElse("");
  }
}
