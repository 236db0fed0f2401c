package dev.sardonyx.runtime.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.ReductionOp.Reduce;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.inputs.RandomInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalFormTest {
  private static final Map<String, Long> SIZES = Map.of("sequence", 7L, "height", 12L, "width", 9L);

  /** A graph of x: float32[2, 3, 4] and one node that has constants besides. */
  private static Graph graph(Op op, Tensor... constants) {
    var builder = new GraphBuilder("g");
    List<Value> inputs = new ArrayList<>();
    inputs.add(builder.input("x", TensorType.of(DType.FLOAT32, 2, 3, 4)));
    for (Tensor constant : constants) {
      inputs.add(builder.constant(constant.dense()));
    }
    Value y = builder.add(op, inputs, Origin.unknown()).output();
    return builder.build(List.of(y), Map.of());
  }

  private static Tensor numbers(long... values) {
    return Tensor.of(values, values.length);
  }

  private static GraphComparison compared(Graph a, Graph b) {
    var form = new CanonicalForm();
    List<ValueType> types = a.inputs().stream().map(Value::type).toList();
    return GraphComparison.of(form.of(a, types), form.of(b, types));
  }

  @Test
  void whatIsSaidInOtherWordsIsEqual() {
    Graph flat = graph(new Reshape(false), numbers(2, 12));
    assertThat(compared(flat, graph(new Flatten(1))).isEqual()).isTrue();
    assertThat(compared(flat, graph(new Reshape(false), numbers(0, -1))).isEqual()).isTrue();
    assertThat(
            compared(
                    graph(new AxesOp.Unsqueeze(), numbers(0)),
                    graph(new Reshape(true), numbers(1, 2, 3, 4)))
                .isEqual())
        .isTrue();
    assertThat(
            compared(
                    graph(new Slice(), numbers(1), numbers(Long.MAX_VALUE), numbers(-1)),
                    graph(new Slice(), numbers(-3, 0), numbers(4, 2), numbers(2, 0), numbers(1, 1)))
                .isEqual())
        .isTrue();
    assertThat(compared(graph(new Softmax(-1)), graph(new Softmax(2))).isEqual()).isTrue();
    var mean = new Reduce(Reduction.MEAN, true, false);
    assertThat(compared(graph(mean, numbers(-1, 1)), graph(mean, numbers(1, 2))).isEqual())
        .isTrue();
  }

  @Test
  void whatComputesSomethingElseIsNot() {
    assertThat(
            compared(
                    graph(new Slice(), numbers(1), numbers(3), numbers(2)),
                    graph(new Slice(), numbers(1), numbers(4), numbers(2)))
                .isEqual())
        .isFalse();
    assertThat(compared(graph(new Softmax(1)), graph(new Softmax(2))).isEqual()).isFalse();
    var two = Tensor.of(new float[] {2}, 1);
    var three = Tensor.of(new float[] {3}, 1);
    assertThat(compared(graph(new BinaryOp.Sub(), two), graph(new BinaryOp.Sub(), three)).isEqual())
        .isFalse();
    assertThat(
            compared(graph(new BinaryOp.Sub(), two), graph(new BinaryOp.Div(), two)).difference())
        .hasValueSatisfying(
            what ->
                assertThat(what)
                    .contains("first in the original: ", "= Sub(", "in the generated: ", "= Div("));
  }

  @Test
  void operandsOfSumsAndProductsHaveNoOrderButThoseOfDifferencesHave() {
    assertThat(swapped(new BinaryOp.Add()).isEqual()).isTrue();
    assertThat(swapped(new BinaryOp.Mul()).isEqual()).isTrue();
    assertThat(swapped(new BinaryOp.Sub()).isEqual()).isFalse();
  }

  private static GraphComparison swapped(BinaryOp op) {
    List<Graph> graphs = new ArrayList<>();
    for (boolean swap : new boolean[] {false, true}) {
      var builder = new GraphBuilder("g");
      Value x = builder.input("x", TensorType.of(DType.FLOAT32, 2));
      Value y = builder.input("y", TensorType.of(DType.FLOAT32, 2));
      Value z = builder.add(op, swap ? List.of(y, x) : List.of(x, y), Origin.unknown()).output();
      graphs.add(builder.build(List.of(z), Map.of()));
    }
    return compared(graphs.getFirst(), graphs.getLast());
  }

  @Test
  void anOutputThatIsAnInputHasNoNodeOfItsOwn() {
    var builder = new GraphBuilder("g");
    Value x = builder.input("x", TensorType.of(DType.FLOAT32, 2, 3, 4));
    Graph none = builder.build(List.of(x), Map.of());
    assertThat(compared(none, graph(new UnaryOp.Identity())).isEqual()).isTrue();
    assertThat(compared(none, graph(new UnaryOp.Neg())).isEqual()).isFalse();
  }

  @Test
  void aLinearLayerIsTheProductThatAnExporterFoldsItTo() {
    Tensor weight = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    List<Graph> graphs = new ArrayList<>();
    for (boolean turned : new boolean[] {false, true}) {
      var builder = new GraphBuilder("g");
      Value x = builder.input("x", TensorType.of(DType.FLOAT32, 4, 2));
      Value w = builder.initializer("w", (turned ? weight : weight.t()).dense());
      Value b = builder.initializer("b", Tensor.of(new float[] {1, 2, 3}, 3).dense());
      Op op = new Gemm(1, 1, false, turned);
      Value y = builder.add(op, List.of(x, w, b), Origin.unknown()).output();
      graphs.add(builder.build(List.of(y), Map.of()));
    }
    assertThat(compared(graphs.getFirst(), graphs.getLast()).isEqual()).isTrue();
  }

  static Stream<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/exports"))) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList().stream();
    }
  }

  /**
   * The form that is compared computes what the graph computes, so that equality means something.
   */
  @ParameterizedTest
  @MethodSource("models")
  void theFormComputesTheSame(Path file) {
    Graph graph = Onnx.read(file);
    Map<String, Long> sizes = new LinkedHashMap<>(SIZES);
    sizes.keySet().removeIf(name -> !graph.toString().contains(name));
    Map<String, Data> inputs = RandomInputs.of(graph, 0, sizes, 2);
    List<ValueType> types =
        graph.inputs().stream()
            .map(input -> Objects.requireNonNull(inputs.get(input.name())).type())
            .toList();
    Map<String, Data> expected = run(graph, inputs);
    Map<String, Data> found = run(new CanonicalForm().of(graph, types), inputs);
    expected.forEach(
        (name, value) ->
            assertThat(
                    Comparison.of(
                            name,
                            Objects.requireNonNull(found.get(name)),
                            value,
                            Tolerance::ofModel)
                        .difference())
                .isEmpty());
  }

  private static Map<String, Data> run(Graph graph, Map<String, Data> inputs) {
    var engine = new NativeEngine(KernelSelection.fastest().kernels(), Compiler.none());
    try (Session session = engine.open(graph, SessionOptions.defaults())) {
      return session.runData(inputs);
    }
  }
}
