package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.models.SimpleCnn;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.checkpoint.Npy;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.reproduce.Reproduction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionTest {
  private static final Engine ORT = Sardonyx.engine("ort");

  @TempDir Path folder;

  @Test
  void aWrittenNodeShowsTheFaultAgainAndASoundEngineDoesNot() {
    Graph graph = Trace.of(new SimpleCnn()).graph();
    Engine faulty = new NativeEngine(FaultyKernels.with("multiply", 0));
    Map<String, Data> inputs = Map.of("x", Tensor.ones(2, 1, 28, 28));
    Node node =
        graph.nodes().stream().filter(one -> one.op().name().equals("Conv")).toList().getFirst();
    Reproduction.Written written = write(graph, List.of(node), inputs, faulty);
    assertThat(written.lacks()).isEmpty();
    assertThat(written.command())
        .startsWith("sardonyx check " + folder.resolve("model.onnx") + " -i ")
        .endsWith(" -e native -e ort");
    Graph part = Onnx.read(folder.resolve("model.onnx"));
    assertThat(part.nodes()).singleElement().extracting(one -> one.op().name()).isEqualTo("Conv");
    assertThat(part.initializers()).containsOnlyKeys("conv1.weight", "conv1.bias");
    assertThatThrownBy(() -> again(faulty).orThrow()).hasMessageContaining(node.name());
    assertThat(again(new NativeEngine()).passed()).isTrue();
    Tensor found = Npy.read(folder.resolve("native/" + node.output().name() + ".npy"));
    Tensor expected = Npy.read(folder.resolve("ort/" + node.output().name() + ".npy"));
    assertThat(found.dense().doubleAt(0) - expected.dense().doubleAt(0))
        .isBetween(0.499, 0.501); // what the faulty kernel adds
  }

  @Test
  void aChainIsWrittenWithWhatLeavesItAlone() {
    Graph graph = Trace.of(new SimpleCnn()).graph();
    List<Node> chain = graph.nodes().subList(0, 3);
    write(graph, chain, Map.of("x", Tensor.ones(2, 1, 28, 28)), new NativeEngine());
    Graph part = Onnx.read(folder.resolve("model.onnx"));
    assertThat(part.nodes()).hasSize(3);
    assertThat(part.outputs())
        .extracting(Value::name)
        .containsExactly(chain.getLast().output().name());
    assertThat(again(new NativeEngine()).passed()).isTrue();
  }

  @Test
  void hostileNamesStayInsideTheFolder() throws IOException {
    var builder = new GraphBuilder("../../../model");
    TensorType type = TensorType.of(DType.FLOAT32, 2);
    List<Value> values = new ArrayList<>();
    for (String name : List.of("../../x", "a/b:c", "A/B:c", "x=y; rm -rf ~", "", ".")) {
      values.add(builder.input(name.isEmpty() ? "\n'" : name, type));
    }
    Value sum = values.getFirst();
    for (Value value : values.subList(1, values.size())) {
      sum = builder.add(new BinaryOp.Add(), List.of(sum, value), Origin.unknown()).output();
    }
    Graph graph = builder.build(List.of(sum), Map.of());
    Map<String, Data> inputs = new LinkedHashMap<>();
    values.forEach(value -> inputs.put(value.name(), Tensor.of(new float[] {1, 2}, 2)));
    Path outer = folder;
    Path inner = Files.createDirectories(outer.resolve("deep/down"));
    folder = inner;
    Reproduction.Written written = write(graph, graph.nodes(), inputs, new NativeEngine());
    try (Stream<Path> all = Files.walk(outer)) {
      assertThat(all.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).startsWith(inner));
    }
    try (Stream<Path> files = Files.list(inner.resolve("inputs"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(6)
          .allSatisfy(name -> assertThat(name).matches("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.npy"));
    }
    assertThat(written.command()).doesNotContain("rm -rf", "\n", "~");
    assertThat(Files.readString(inner.resolve("README.txt"))).contains("x=y; rm -rf ~");
    assertThat(Onnx.read(inner.resolve("model.onnx")).inputs())
        .extracting(Value::name)
        .contains("a/b:c", "A/B:c")
        .doesNotContain("x=y; rm -rf ~");
  }

  @Test
  void whatNumpyDoesNotHoldIsWrittenAsAMessage() {
    var builder = new GraphBuilder("bf16");
    Value x = builder.input("x", TensorType.of(DType.BFLOAT16, 2));
    Value y = builder.add(new UnaryOp.Relu(), List.of(x), Origin.unknown()).output();
    Graph graph = builder.build(List.of(y), Map.of());
    DenseTensor value = Tensor.of(new float[] {-1, 2}, 2).dense().convert(DType.BFLOAT16);
    Map<String, Map<String, Data>> outputs = Map.of("native", Map.of(y.name(), value));
    var written = Reproduction.of(graph, graph.nodes(), Map.of("x", value), outputs).write(folder);
    assertThat(written.command()).contains("-i x=" + folder.resolve("inputs/x.pb"));
    assertThat(folder.resolve("native/" + y.name() + ".pb")).exists();
  }

  private Reproduction.Written write(
      Graph graph, List<Node> nodes, Map<String, Data> inputs, Engine engine) {
    Map<String, Data> known = everything(graph, inputs, ORT);
    Map<String, Map<String, Data>> outputs = new LinkedHashMap<>();
    Graph part = Reproduction.of(graph, nodes, known, Map.of()).model().graph();
    Map<String, Data> taken = Reproduction.of(graph, nodes, known, Map.of()).model().inputs();
    for (Engine one : List.of(engine, ORT)) {
      try (Session session = one.open(part, SessionOptions.defaults())) {
        outputs.put(one.name(), session.runData(taken));
      }
    }
    return Reproduction.of(graph, nodes, known, outputs).write(folder);
  }

  private static Map<String, Data> everything(
      Graph graph, Map<String, Data> inputs, Engine engine) {
    List<Value> all = graph.nodes().stream().flatMap(node -> node.outputs().stream()).toList();
    Map<String, Data> known = new LinkedHashMap<>(inputs);
    try (Session session =
        engine.open(graph.withOutputs(all), SessionOptions.defaults().asWritten())) {
      known.putAll(session.runData(inputs));
    }
    return known;
  }

  /** The check of what was written, as the command does it. */
  private CheckReport again(Engine engine) {
    Graph part = Onnx.read(folder.resolve("model.onnx"));
    Map<String, Data> inputs = new LinkedHashMap<>();
    part.inputs()
        .forEach(
            input ->
                inputs.put(
                    input.name(), Npy.read(folder.resolve("inputs/" + input.name() + ".npy"))));
    return CrossCheck.of(part)
        .engines(List.of(engine, ORT))
        .inputs(inputs)
        .timing(Duration.ZERO)
        .run();
  }
}
