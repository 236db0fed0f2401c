package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.Recurrence.Direction;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RNN, LSTM and GRU with every attribute and every optional input: both engines agree. */
class RecurrentEnginesTest {
  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int INPUT = 2;
  private static final int HIDDEN = 5;

  static Stream<RecurrentOp> operators() {
    List<RecurrentOp> result = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Recurrence plain = Recurrence.of(HIDDEN, direction);
      Recurrence clipped =
          new Recurrence(HIDDEN, direction, List.of(), List.of(), List.of(), 0.4f, false);
      for (Recurrence recurrence : List.of(plain, clipped)) {
        result.add(new RecurrentOp.RNN(recurrence));
        result.add(new RecurrentOp.LSTM(recurrence, false));
        result.add(new RecurrentOp.LSTM(recurrence, true));
        result.add(new RecurrentOp.GRU(recurrence, false));
        result.add(new RecurrentOp.GRU(recurrence, true));
      }
    }
    Stream.of("Relu", "LeakyRelu", "Affine", "ScaledTanh", "HardSigmoid", "Elu", "Softsign")
        .forEach(name -> result.add(new RecurrentOp.RNN(with(List.of(name)))));
    result.add(new RecurrentOp.RNN(with(List.of("Softplus"))));
    result.add(new RecurrentOp.RNN(with(List.of("ThresholdedRelu"))));
    result.add(new RecurrentOp.LSTM(with(List.of("HardSigmoid", "Softsign", "Relu")), false));
    result.add(new RecurrentOp.GRU(with(List.of("HardSigmoid", "Softsign")), true));
    return result.stream();
  }

  private static Recurrence with(List<String> activations) {
    return new Recurrence(
        HIDDEN, Direction.FORWARD, activations, List.of(0.3f, 0.7f), List.of(0.6f), 0, false);
  }

  /** ONNX names no default for them; ONNX Runtime takes 0, others 1. */
  @Test
  void functionsWithoutTheirParametersAreRefused() {
    for (List<String> names :
        List.of(List.of("ScaledTanh", "Tanh", "Tanh"), List.of("Sigmoid", "Tanh", "Affine"))) {
      Recurrence recurrence =
          new Recurrence(HIDDEN, Direction.FORWARD, names, List.of(), List.of(), 0, false);
      Map<String, Tensor> feeds = new LinkedHashMap<>();
      Graph graph = graph(new RecurrentOp.LSTM(recurrence, false), List.of(), feeds);
      assertThatThrownBy(() -> run("native", graph, feeds))
          .hasMessageContaining("is not computed without activation_alpha");
    }
  }

  /** Parameters go to the functions that take one, in order, and no further. */
  @Test
  void parametersAreTakenInTheOrderOfTheFunctions() {
    List<String> names = List.of("Sigmoid", "LeakyRelu", "ScaledTanh");
    Recurrence some =
        new Recurrence(
            HIDDEN, Direction.FORWARD, names, List.of(0.5f, 0.8f), List.of(0.6f), 0, false);
    compare(new RecurrentOp.LSTM(some, false), List.of());
    Recurrence one =
        new Recurrence(
            HIDDEN,
            Direction.FORWARD,
            List.of("HardSigmoid", "LeakyRelu"),
            List.of(0.3f),
            List.of(),
            0,
            false);
    compare(new RecurrentOp.GRU(one, false), List.of());
  }

  @ParameterizedTest
  @MethodSource("operators")
  void bothEnginesAgreeWithAllInputsAndWithNone(RecurrentOp op) {
    compare(op, List.of());
    compare(op, List.of("B"));
    compare(op, List.of("B", "sequence_lens", "initial_h", "initial_c", "P"));
    compare(op, List.of("initial_h", "initial_c"));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void eachOutputIsTheSameWhereTheOthersAreAbsent(RecurrentOp op) {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    Graph graph = graph(op, List.of("B", "sequence_lens", "initial_h"), feeds);
    for (Value kept : graph.outputs()) {
      Graph alone = keeping(graph, kept);
      assertAgree(op + " alone", run("native", alone, feeds), run("ort", alone, feeds));
    }
  }

  /** ONNX Runtime has no layout 1: it takes layout 0 with X, states and outputs transposed. */
  @ParameterizedTest
  @MethodSource("operators")
  void layout1IsLayout0WithTheBatchFirst(RecurrentOp op) {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    Graph graph = graph(op, List.of("B", "sequence_lens", "initial_h", "initial_c"), feeds);
    Map<String, Tensor> expected = run("ort", graph, feeds);
    Map<String, Tensor> batchFirst = new LinkedHashMap<>(feeds);
    for (String name : List.of("X", "initial_h", "initial_c")) {
      batchFirst.computeIfPresent(name, (_, tensor) -> tensor.transpose(0, 1).dense());
    }
    Map<String, Tensor> found = run("native", batchFirst(op, graph, batchFirst), batchFirst);
    Map<String, Tensor> back = new LinkedHashMap<>();
    found.forEach(
        (name, tensor) ->
            back.put(
                name, tensor.rank() == 4 ? tensor.permute(1, 2, 0, 3) : tensor.transpose(0, 1)));
    assertAgree(op + " of layout 1", back, expected);
  }

  private static Graph keeping(Graph graph, Value kept) {
    Node node = graph.nodes().getFirst();
    List<Value> outputs =
        node.outputs().stream()
            .map(value -> value.equals(kept) ? value : Value.absent())
            .collect(Collectors.toCollection(ArrayList::new));
    while (!outputs.getLast().isPresent()) {
      outputs.removeLast();
    }
    var alone = new Node(node.name(), node.op(), node.inputs(), outputs, node.origin());
    return new Graph(
        graph.name(), graph.inputs(), List.of(kept), List.of(alone), Map.of(), Map.of());
  }

  private static Graph batchFirst(RecurrentOp op, Graph graph, Map<String, Tensor> feeds) {
    var builder = new GraphBuilder("layout 1");
    List<Value> inputs =
        graph.nodes().getFirst().inputs().stream()
            .map(
                value -> {
                  Tensor given = feeds.get(value.name());
                  return given == null ? value : builder.input(value.name(), given.type());
                })
            .toList();
    Recurrence r = op.recurrence();
    var recurrence =
        new Recurrence(
            r.hiddenSize(), r.direction(), r.activations(), r.alphas(), r.betas(), r.clip(), true);
    RecurrentOp same =
        switch (op) {
          case RecurrentOp.RNN _ -> new RecurrentOp.RNN(recurrence);
          case RecurrentOp.LSTM lstm -> new RecurrentOp.LSTM(recurrence, lstm.inputForget());
          case RecurrentOp.GRU gru -> new RecurrentOp.GRU(recurrence, gru.linearBeforeReset());
        };
    Node node = builder.add(same, inputs, Origin.unknown());
    return builder.build(node.outputs(), Map.of());
  }

  private static void compare(RecurrentOp op, List<String> given) {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    Graph graph = graph(op, given, feeds);
    assertAgree(op + " " + given, run("native", graph, feeds), run("ort", graph, feeds));
  }

  private static void assertAgree(
      String what, Map<String, Tensor> found, Map<String, Tensor> expected) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    expected.forEach(
        (name, tensor) -> {
          float[] own = found.getOrDefault(name, Tensor.zeros(0)).floats();
          float[] wanted = tensor.floats();
          assertThat(own).as("%s: %s", what, name).hasSameSizeAs(wanted);
          for (int i = 0; i < wanted.length; i++) {
            assertThat(Math.abs(own[i] - wanted[i]))
                .as("%s: element %d of %s", what, i, name)
                .isLessThanOrEqualTo(1e-5f * Math.max(1, Math.abs(wanted[i])));
          }
        });
  }

  private static Graph graph(RecurrentOp op, List<String> given, Map<String, Tensor> feeds) {
    var builder = new GraphBuilder("recurrent");
    var random = new Generator(7);
    int d = op.recurrence().direction().count();
    int rows = op.gates() * HIDDEN;
    boolean lstm = op instanceof RecurrentOp.LSTM;
    List<Value> values = new ArrayList<>();
    for (String name :
        List.of("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")) {
      boolean needed = values.size() < 3;
      if ((!lstm && values.size() > 5) || (!needed && !given.contains(name))) {
        values.add(Value.absent());
        continue;
      }
      Tensor tensor =
          switch (name) {
            case "X" -> random.uniform(Shape.of(STEPS, BATCH, INPUT), -1, 1);
            case "W" -> random.uniform(Shape.of(d, rows, INPUT), -1, 1);
            case "R" -> random.uniform(Shape.of(d, rows, HIDDEN), -1, 1);
            case "B" -> random.uniform(Shape.of(d, 2L * rows), -1, 1);
            case "sequence_lens" -> lengths(4, 1, 3);
            case "P" -> random.uniform(Shape.of(d, 3 * HIDDEN), -1, 1);
            default -> random.uniform(Shape.of(d, BATCH, HIDDEN), -1, 1);
          };
      values.add(builder.input(name, tensor.type()));
      feeds.put(name, tensor);
    }
    while (!values.getLast().isPresent()) {
      values.removeLast();
    }
    Node node = builder.add(op, values, Origin.unknown());
    return builder.build(node.outputs(), Map.of());
  }

  private static Tensor lengths(int... values) {
    return DenseTensor.copy(DType.INT32, Shape.of(values.length), MemorySegment.ofArray(values));
  }

  private static Map<String, Tensor> run(String engine, Graph graph, Map<String, Tensor> feeds) {
    try (Session session = Sardonyx.engine(engine).open(graph, SessionOptions.defaults())) {
      return session.run(feeds);
    }
  }
}
