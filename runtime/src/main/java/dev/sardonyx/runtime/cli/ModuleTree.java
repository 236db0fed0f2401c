package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The modules that the nodes of a graph came from: by what a trace recorded, else by the names that
 * PyTorch gives them ({@code /layer1/layer1.0/conv1/Conv}).
 */
final class ModuleTree {
  /** Modules within modules that are told apart; what lies deeper counts to the last. */
  private static final int DEEPEST = 100;

  private final String name;
  private final Map<String, ModuleTree> children = new LinkedHashMap<>();
  private final Map<String, Integer> operators = new TreeMap<>();
  private long parameters;

  private ModuleTree(String name) {
    this.name = name;
  }

  /** The modules of a graph; a weight counts where it is used first. */
  static ModuleTree of(Graph graph) {
    var root = new ModuleTree(graph.name());
    Set<String> counted = new HashSet<>();
    for (Node node : graph.nodes()) {
      long elements = 0;
      for (Value input : node.inputs()) {
        DenseTensor weight = graph.initializers().get(input.name());
        elements += weight != null && counted.add(input.name()) ? weight.elements() : 0;
      }
      ModuleTree module = root;
      module.parameters += elements;
      List<String> path = path(node);
      for (String part : path.subList(0, Math.min(DEEPEST, path.size()))) {
        module = module.children.computeIfAbsent(part, ModuleTree::new);
        module.parameters += elements;
      }
      module.operators.merge(node.op().name(), 1, Integer::sum);
    }
    return root;
  }

  private static List<String> path(Node node) {
    String module = node.origin().module();
    if (!module.isEmpty()) {
      return List.of(module.split("\\.", -1));
    }
    List<String> parts = new ArrayList<>(List.of(node.name().split("/", -1)));
    parts.removeLast(); // the operator itself
    List<String> path = new ArrayList<>();
    String above = "";
    for (String part : parts) {
      if (!part.isEmpty()) {
        boolean below = part.startsWith(above + ".");
        path.add(below ? part.substring(above.length() + 1) : part);
        above = part;
      }
    }
    return path;
  }

  Json json() {
    return Json.object()
        .put("name", name)
        .put("parameters", parameters)
        .put("operators", operators.keySet().stream().map(this::count).toList())
        .put("modules", children.values().stream().map(ModuleTree::json).toList());
  }

  private String count(String operator) {
    int times = operators.getOrDefault(operator, 0);
    return times == 1 ? operator : times + " " + operator;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    print(text, "");
    return text.toString();
  }

  private void print(StringBuilder text, String indent) {
    String own = operators.keySet().stream().map(this::count).collect(Collectors.joining(", "));
    text.append(indent).append(name);
    if (parameters > 0) {
      text.append("  %,d parameters".formatted(parameters));
    }
    text.append(own.isEmpty() ? "" : "  [" + own + "]").append('\n');
    children.values().forEach(child -> child.print(text, indent + "  "));
  }
}
