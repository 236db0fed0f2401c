package dev.sardonyx.runtime.report;

import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.diagnose.NodeFinding;
import dev.sardonyx.runtime.diagnose.Numbers;
import dev.sardonyx.runtime.diagnose.OutputFinding;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The points of a graph for the page: what each is, what was found of it. */
final class PageNodes {
  /** Texts of attributes and types that are longer are cut; a reader reads no more of one. */
  private static final int LONGEST_TEXT = 600;

  private static final int LONGEST_NAME = 240;

  private final PageJson json;
  private final Graph graph;
  private final Map<String, Integer> makers = new HashMap<>();
  private final Map<String, NodeFinding> findings = new HashMap<>();

  PageNodes(PageJson json, ReportData data) {
    this.json = json;
    this.graph = data.graph();
    int at = 0;
    for (Value input : graph.inputs()) {
      makers.put(input.name(), at++);
    }
    for (Node node : graph.nodes()) {
      for (Value output : node.outputs()) {
        makers.put(output.name(), at);
      }
      at++;
    }
    data.diagnosis()
        .ifPresent(found -> found.nodes().forEach(one -> findings.put(key(one.node()), one)));
  }

  /** The start of a text with names of any length, for a sentence. */
  static String brief(String text) {
    return Excerpt.of(text, LONGEST_NAME);
  }

  /** A name that every node has: that of the first value that it makes. */
  static String key(Node node) {
    return node.outputs().stream()
        .filter(Value::isPresent)
        .findFirst()
        .map(Value::name)
        .orElse(node.name());
  }

  /** The number of the point that a node is. */
  int point(Node node) {
    return makers.getOrDefault(key(node), -1);
  }

  /** All points: inputs, nodes, outputs. */
  void write() throws IOException {
    json.array();
    for (Value input : graph.inputs()) {
      json.object();
      head("input", input.name(), "Input");
      values("u", List.of(input));
      json.endObject();
    }
    for (Node node : graph.nodes()) {
      write(node);
    }
    for (Value output : graph.outputs()) {
      json.object();
      head("output", output.name(), "Output");
      values("i", List.of(output));
      json.endObject();
    }
    json.endArray();
  }

  private void head(String kind, String name, String operator) throws IOException {
    json.name("k").value(kind).name("n").value(name).name("o").value(operator);
  }

  private void write(Node node) throws IOException {
    Optional<NodeFinding> finding = Optional.ofNullable(findings.get(key(node)));
    json.object();
    head("node", node.name().isEmpty() ? key(node) : node.name(), node.op().name());
    optional("d", node.op().domain());
    optional("m", node.origin().module());
    optional("s", node.origin().source().map(Object::toString).orElse(""));
    if (!node.op().attributes().byName().isEmpty()) {
      json.name("a").array();
      for (var attribute : node.op().attributes().byName().entrySet()) {
        json.array();
        json.value(attribute.getKey());
        json.value(Excerpt.of(attribute.getValue().toString(), LONGEST_TEXT));
        json.endArray();
      }
      json.endArray();
    }
    Map<String, Value> seen = new HashMap<>(); // with the shapes of the run
    finding.ifPresent(
        found -> {
          found.inputs().forEach(value -> seen.put(value.name(), value));
          found.outputs().forEach(output -> seen.put(output.value().name(), output.value()));
        });
    values("i", present(node.inputs(), seen));
    values("u", present(node.outputs(), seen));
    if (finding.isPresent()) {
      write(finding.get());
    }
    json.endObject();
  }

  private static List<Value> present(List<Value> values, Map<String, Value> seen) {
    return values.stream()
        .filter(Value::isPresent)
        .map(value -> seen.getOrDefault(value.name(), value))
        .toList();
  }

  private void optional(String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.name(name).value(text);
    }
  }

  /** Name, type, and the point that makes it, or -1 for a weight. */
  private void values(String name, List<Value> values) throws IOException {
    json.name(name).array();
    for (Value value : values) {
      json.array();
      json.value(value.name());
      json.value(Excerpt.of(value.type().toString(), LONGEST_TEXT));
      json.value(makers.getOrDefault(value.name(), -1));
      json.endArray();
    }
    json.endArray();
  }

  private void write(NodeFinding finding) throws IOException {
    if (finding.leftOut().isPresent()) {
      json.name("left").value(finding.leftOut().get());
    }
    json.name("f").array();
    for (OutputFinding output : finding.outputs()) {
      write(output);
    }
    json.endArray();
  }

  /** An output: its name, both comparisons, the numbers of both engines. */
  private void write(OutputFinding output) throws IOException {
    json.object();
    json.name("n").value(output.value().name());
    json.name("acc");
    write(json, output.accumulated());
    json.name("iso");
    write(json, output.isolated());
    json.name("e");
    write(output.engine());
    json.name("r");
    write(output.reference());
    json.endObject();
  }

  /** A comparison as an array, because there are many; page.js names the places. */
  static void write(PageJson json, Comparison found) throws IOException {
    json.array();
    json.value(found.passes()).value(found.relativeL2());
    json.value(found.maxAbsolute()).value(found.maxRelative()).value(found.ulp());
    json.value(found.misplaced()).value(found.outside());
    json.value(found.difference().orElse(""));
    json.value(found.cosine()).value(found.severity()).value(found.tied());
    json.endArray();
  }

  private void write(Numbers numbers) throws IOException {
    json.array();
    json.value(numbers.elements()).value(numbers.least()).value(numbers.greatest());
    json.value(numbers.mean()).value(numbers.rms());
    json.value(numbers.nan()).value(numbers.infinite());
    json.endArray();
  }
}
