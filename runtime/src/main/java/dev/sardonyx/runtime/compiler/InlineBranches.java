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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    Set<String> taken = names(graph);
    boolean changed = false;
    for (Node node : graph.nodes()) {
      DenseTensor condition =
          node.op() instanceof ControlOp.If ? constants.get(node.inputs().getFirst().name()) : null;
      if (condition == null || condition.elements() != 1) {
        nodes.add(node);
      } else {
        var op = (ControlOp.If) node.op();
        Body branch = condition.doubleAt(0) != 0 ? op.thenBranch() : op.elseBranch();
        new Inlining(node, taken).inline(((GraphBody) branch).graph(), constants, nodes);
        changed = true;
      }
    }
    return changed ? graph.withNodes(nodes).withInitializers(constants) : graph;
  }

  /** All names of values and nodes. */
  private static Set<String> names(Graph graph) {
    Set<String> result = new HashSet<>(graph.initializers().keySet());
    graph.inputs().forEach(input -> result.add(input.name()));
    for (Node node : graph.nodes()) {
      result.add(node.name());
      node.outputs().forEach(output -> result.add(output.name()));
    }
    return result;
  }

  /** One branch on its way into the graph around it, where its names may mean something else. */
  private static final class Inlining {
    private final Node node;
    private final Set<String> taken;
    private final Map<String, String> names = new HashMap<>();

    Inlining(Node node, Set<String> taken) {
      this.node = node;
      this.taken = taken;
    }

    void inline(Graph branch, Map<String, DenseTensor> constants, List<Node> nodes) {
      for (int i = 0; i < branch.inputs().size(); i++) {
        names.put(branch.inputs().get(i).name(), node.inputs().get(i + 1).name());
      }
      branch
          .initializers()
          .forEach(
              (name, tensor) -> {
                names.put(name, fresh(name));
                constants.put(names.get(name), tensor);
              });
      for (Node inner : branch.nodes()) {
        List<Value> inputs = renamed(inner.inputs());
        for (Value output : inner.outputs()) {
          if (output.isPresent()) {
            names.put(output.name(), fresh(output.name()));
          }
        }
        nodes.add(
            new Node(
                fresh(inner.name()), inner.op(), inputs, renamed(inner.outputs()), inner.origin()));
      }
      results(renamed(branch.outputs()), nodes);
    }

    private void results(List<Value> results, List<Node> nodes) {
      for (int i = 0; i < node.outputs().size(); i++) {
        Value output = node.outputs().get(i);
        if (output.isPresent()) {
          Value result = results.get(i);
          nodes.add(
              new Node(
                  fresh(output.name()),
                  new UnaryOp.Identity(),
                  List.of(result),
                  List.of(new Value(output.name(), result.type())),
                  node.origin()));
        }
      }
    }

    private String fresh(String inner) {
      String stem = node.name() + "/" + inner;
      String fresh = stem;
      for (int i = 2; !taken.add(fresh); i++) {
        fresh = stem + "_" + i;
      }
      return fresh;
    }

    private List<Value> renamed(List<Value> values) {
      return values.stream()
          .map(
              value ->
                  value.isPresent()
                      ? new Value(names.getOrDefault(value.name(), value.name()), value.type())
                      : value)
          .toList();
    }
  }
}
