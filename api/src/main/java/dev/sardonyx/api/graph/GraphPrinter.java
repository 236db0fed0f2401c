package dev.sardonyx.api.graph;

import dev.sardonyx.api.op.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A graph as a readable program, each line with the user's source line that it came from. */
public final class GraphPrinter {
  private GraphPrinter() {}

  /** The program: signature, one line per node, the outputs. */
  public static String print(Graph graph) {
    List<String> lines = graph.nodes().stream().map(GraphPrinter::line).toList();
    int width = lines.stream().mapToInt(String::length).max().orElse(0);
    var text = new StringBuilder();
    text.append(graph.name())
        .append(choices(graph))
        .append('(')
        .append(join(graph.inputs()))
        .append(") {\n");
    for (int i = 0; i < lines.size(); i++) {
      String comment = comment(graph.nodes().get(i).origin());
      String line = comment.isEmpty() ? lines.get(i) : pad(lines.get(i), width) + "  # " + comment;
      text.append("  ").append(line).append('\n');
      for (Body body : graph.nodes().get(i).op().bodies()) {
        text.append(((GraphBody) body).graph().toString().indent(4));
      }
    }
    String outputs = graph.outputs().stream().map(Value::name).collect(Collectors.joining(", "));
    return text.append("  return ").append(outputs).append("\n}\n").toString();
  }

  /** {@code [activations=prelu, choices=conv]} where the trace had a choice. */
  private static String choices(Graph graph) {
    List<String> choices = new ArrayList<>();
    graph
        .metadata()
        .forEach(
            (key, value) -> {
              if (key.startsWith(Graph.CHOICE)) {
                choices.add(key.substring(Graph.CHOICE.length()) + "=" + value);
              }
            });
    return choices.isEmpty() ? "" : "[" + String.join(", ", choices) + "]";
  }

  /** One node: {@code gemm_1: float32[batch, 128] = Gemm[transB=1](x, fc1.weight, fc1.bias)}. */
  public static String line(Node node) {
    String inputs =
        node.inputs().stream()
            .map(value -> value.isPresent() ? value.name() : "-")
            .collect(Collectors.joining(", "));
    return join(node.outputs())
        + " = "
        + (node.op().domain().isEmpty() ? "" : node.op().domain() + ".")
        + node.op().name()
        + node.op().attributes()
        + "("
        + inputs
        + ")";
  }

  private static String comment(Origin origin) {
    List<String> parts = new ArrayList<>();
    origin.source().ifPresent(line -> parts.add(line.toString()));
    if (!origin.module().isEmpty()) {
      parts.add(origin.module());
    }
    return String.join("  ", parts);
  }

  private static String join(List<Value> values) {
    return values.stream().map(Value::toString).collect(Collectors.joining(", "));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
