package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the branch that is taken in place of an If whose condition is constant. */
public final class InlineBranches implements Pass {
  @Override
  public String name() {
    return "inline-branches";
  }

  @Override
  public Graph apply(Graph graph) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
    List<Node> nodes = new ArrayList<>();
    boolean changed = false;
    for (Node node : graph.nodes()) {
      DenseTensor condition =
          node.op() instanceof ControlOp.If ? constants.get(node.inputs().getFirst().name()) : null;
      if (condition == null || condition.elements() != 1) {
        nodes.add(node);
      } else {
        var op = (ControlOp.If) node.op();
        Body taken = condition.doubleAt(0) != 0 ? op.thenBranch() : op.elseBranch();
        inline(node, ((GraphBody) taken).graph(), constants, nodes);
        changed = true;
      }
    }
    return changed ? graph.withNodes(nodes).withInitializers(constants) : graph;
  }

  private static void inline(
      Node node, Graph branch, Map<String, DenseTensor> constants, List<Node> nodes) {
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < branch.inputs().size(); i++) {
      names.put(branch.inputs().get(i).name(), node.inputs().get(i + 1).name());
    }
    branch
        .initializers()
        .forEach(
            (name, tensor) -> {
              names.put(name, node.name() + "/" + name);
              constants.put(names.get(name), tensor);
            });
    for (Node inner : branch.nodes()) {
      for (Value output : inner.outputs()) {
        if (output.isPresent()) {
          names.put(output.name(), node.name() + "/" + output.name());
        }
      }
      nodes.add(
          new Node(
              node.name() + "/" + inner.name(),
              inner.op(),
              renamed(inner.inputs(), names),
              renamed(inner.outputs(), names),
              inner.origin()));
    }
    List<Value> results = renamed(branch.outputs(), names);
    for (int i = 0; i < node.outputs().size(); i++) {
      if (node.outputs().get(i).isPresent()) {
        nodes.add(
            new Node(
                node.name() + "/" + node.outputs().get(i).name(),
                new UnaryOp.Identity(),
                List.of(results.get(i)),
                List.of(new Value(node.outputs().get(i).name(), results.get(i).type())),
                node.origin()));
      }
    }
  }

  private static List<Value> renamed(List<Value> values, Map<String, String> names) {
    return values.stream()
        .map(
            value ->
                value.isPresent()
                    ? new Value(names.getOrDefault(value.name(), value.name()), value.type())
                    : value)
        .toList();
  }
}
