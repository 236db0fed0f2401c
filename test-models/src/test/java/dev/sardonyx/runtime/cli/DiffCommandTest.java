package dev.sardonyx.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Onnx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
  @TempDir Path folder;

  private String export(String model, String name, String... more) {
    String file = folder.resolve(name).toString();
    List<String> words = new ArrayList<>(List.of("export", model, "-o", file));
    words.addAll(List.of(more));
    CommandLineTest.accepted(words.toArray(String[]::new));
    return file;
  }

  private String changed(String file, String name, UnaryOperator<Graph> change) {
    Path written = folder.resolve(name);
    Onnx.write(change.apply(Onnx.read(Path.of(file))), written, 21);
    return written.toString();
  }

  private static String different(String... words) {
    CommandLineTest.Result result = CommandLineTest.run(words);
    assertThat(result.status()).as(result.toString()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("DIFFERENT");
    return result.out();
  }

  @Test
  void twoExportsOfOneModelAreTheSameAndComputeTheSame() {
    String a = export("resnet18-cifar", "a.onnx");
    String b = export("resnet18-cifar", "b.onnx", "--opset", "18");
    assertThat(CommandLineTest.accepted("diff", a, b))
        .contains("0 changed, 0 removed, 0 added")
        .contains("file opset") // told, but no difference of what is computed
        .endsWith("verdict: SAME\n");
    assertThat(CommandLineTest.accepted("diff", a, "resnet18-cifar", "--run"))
        .contains("agrees")
        .endsWith("verdict: SAME\n");
  }

  @Test
  void aFoldedModelDiffersInStructureAndAgreesInNumbers() {
    String a = export("resnet18-cifar", "a.onnx");
    String b = export("resnet18-cifar", "b.onnx", "--optimised");
    assertThat(different("diff", a, b, "--run"))
        .contains("removed ", "BatchNormalization", "agrees")
        .doesNotContain("differs\n");
  }

  @Test
  void aChangedElementOfAWeightIsToldByItsWeightAndSize() {
    String a = export("simple-ffn", "a.onnx");
    String b =
        changed(
            a,
            "b.onnx",
            graph -> {
              Map<String, DenseTensor> weights = new LinkedHashMap<>(graph.initializers());
              float[] bias = Objects.requireNonNull(weights.get("fc2.bias")).floats();
              bias[3] += 0.25f;
              weights.put("fc2.bias", Tensor.of(bias, bias.length).dense());
              return graph.withInitializers(weights);
            });
    assertThat(different("diff", a, b))
        .contains("3 same, 1 changed, 0 removed, 0 added")
        .contains("weight fc2.bias: float32[10], max abs 2.50e-01")
        .contains("9 of 10 elements the same")
        .contains("0 changed, 0 removed, 0 added"); // of nodes
  }

  @Test
  void aChangedOperatorInTheMiddleIsTheOnlyChange() {
    String a = export("resnet18-cifar", "a.onnx");
    Graph graph = Onnx.read(Path.of(a));
    int nodes = graph.nodes().size();
    Node relu = firstOf(graph, "Relu");
    String b = changed(a, "b.onnx", model -> replaced(model, relu.name(), new UnaryOp.Tanh()));
    assertThat(different("diff", a, b, "--run"))
        .contains("%d same, 1 changed, 0 removed, 0 added".formatted(nodes - 1))
        .contains("operator Relu became Tanh")
        .contains("differs");
  }

  @Test
  void anInsertedNodeIsAddedAndWhatTakesItChanged() {
    String a = export("resnet18-cifar", "a.onnx");
    String b = changed(a, "b.onnx", DiffCommandTest::withANodeMore);
    Graph graph = Onnx.read(Path.of(a));
    long takers =
        graph.nodes().stream()
            .filter(node -> node.inputs().contains(firstOf(graph, "Relu").output()))
            .count();
    assertThat(different("diff", a, b))
        .contains(
            "%d same, %d changed, 0 removed, 1 added"
                .formatted(graph.nodes().size() - takers, takers))
        .contains("added extra: ", "Sigmoid", "became extra");
  }

  @Test
  void namesInsideAreToldAndMakeNoDifference() {
    String a = export("resnet18-cifar", "a.onnx");
    String b = changed(a, "b.onnx", DiffCommandTest::renamed);
    assertThat(CommandLineTest.accepted("diff", a, b, "--run"))
        .contains("under other names", "0 changed, 0 removed, 0 added")
        .endsWith("verdict: SAME\n");
  }

  @Test
  void turnedOperandsOfAProductAreADifference() {
    String a = folder.resolve("a.onnx").toString();
    var builder = new GraphBuilder("g");
    var type = TensorType.of(DType.FLOAT32, 3, 3);
    Value x = builder.input("x", type);
    Value y = builder.input("y", type);
    var origin = Origin.unknown();
    Value z = builder.add(new MatMul(), List.of(x, y), origin).output();
    Onnx.write(builder.build(List.of(z), Map.of()), Path.of(a), 21);
    String b =
        changed(
            a,
            "b.onnx",
            graph ->
                graph.withNodes(
                    graph.nodes().stream()
                        .map(node -> with(node, node.op(), node.inputs().reversed()))
                        .toList()));
    assertThat(different("diff", a, b)).contains("input 0: x became y", "input 1: y became x");
  }

  @Test
  void jsonTellsTheVerdict() {
    String a = export("simple-ffn", "a.onnx");
    String out = CommandLineTest.accepted("diff", a, a, "--json", "--run");
    var object = (JsonObject) JsonReader.read(StandardCharsets.UTF_8.encode(out));
    assertThat(object.members()).containsKeys("nodesSame", "weights", "outputs", "verdict");
    assertThat(out).contains("\"verdict\": \"same\"");
  }

  @Test
  void wrongUseIsRefused() {
    assertThat(CommandLineTest.refused("diff", "simple-ffn")).contains("MODEL MODEL");
    assertThat(CommandLineTest.refused("diff", "simple-ffn", folder.resolve("no.onnx").toString()))
        .contains("no such file");
  }

  private static Node firstOf(Graph graph, String operator) {
    return graph.nodes().stream()
        .filter(node -> node.op().name().equals(operator))
        .findFirst()
        .orElseThrow();
  }

  private static Graph replaced(Graph graph, String name, Op op) {
    return graph.withNodes(
        graph.nodes().stream()
            .map(node -> node.name().equals(name) ? with(node, op, node.inputs()) : node)
            .toList());
  }

  private static Node with(Node node, Op op, List<Value> inputs) {
    return new Node(node.name(), op, inputs, node.outputs(), node.origin());
  }

  private static Graph withANodeMore(Graph graph) {
    Value from = firstOf(graph, "Relu").output();
    var extra = new Value("extra", from.type());
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(
          with(
              node,
              node.op(),
              node.inputs().stream().map(input -> input.equals(from) ? extra : input).toList()));
      if (node.output().equals(from)) {
        nodes.add(
            new Node(
                "extra_node", new UnaryOp.Sigmoid(), List.of(from), List.of(extra), node.origin()));
      }
    }
    return graph.withNodes(nodes);
  }

  private static Graph renamed(Graph graph) {
    assertThat(graph.nodes()).allSatisfy(node -> assertThat(node.op().bodies()).isEmpty());
    List<Node> nodes = new ArrayList<>();
    UnaryOperator<Value> other =
        value ->
            !value.isPresent() || graph.inputs().contains(value) || graph.outputs().contains(value)
                ? value
                : new Value("v." + value.name(), value.type());
    for (Node node : graph.nodes()) {
      nodes.add(
          new Node(
              "n." + node.name(),
              node.op(),
              node.inputs().stream().map(other).toList(),
              node.outputs().stream().map(other).toList(),
              node.origin()));
    }
    Map<String, DenseTensor> weights = new LinkedHashMap<>();
    graph.initializers().forEach((name, tensor) -> weights.put("v." + name, tensor));
    return new Graph(
        graph.name(), graph.inputs(), graph.outputs(), nodes, weights, graph.metadata());
  }
}
