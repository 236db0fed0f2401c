package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws that hold for each golden case of a theme: a test class for each theme extends this. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TorchTheme {
  private final String theme;
  private final Map<String, Supplier<TorchSubject>> subjects = new LinkedHashMap<>();
  private final Map<String, List<String>> symbols = new LinkedHashMap<>();
  private final Map<String, String> fixed = new LinkedHashMap<>();

  TorchTheme(String theme) {
    this.theme = theme;
  }

  /** Enters our side of the case of that name. */
  final void add(String name, Supplier<TorchSubject> subject) {
    assertThat(subjects.put(name, subject)).as(name).isNull();
  }

  /**
   * Which dims of a case's inputs are symbols: for each input the names of its first dims, such as
   * "seq batch", where _ keeps the size. Without this, the first input's dim 0 is the batch, and so
   * is dim 0 of each input of that size.
   */
  final void symbols(String name, String... inputs) {
    assertThat(symbols.put(name, List.of(inputs))).as(name).isNull();
  }

  /** Cases whose shapes cannot be symbols, and why. */
  final void fixed(String why, String... names) {
    for (String name : names) {
      assertThat(fixed.put(name, why)).as(name).isNull();
    }
  }

  final Stream<String> cases() {
    return subjects.keySet().stream();
  }

  final Stream<String> layers() {
    return cases().filter(name -> TorchCase.of(theme, name).print().isPresent());
  }

  final Stream<String> symbolicCases() {
    return cases().filter(name -> !fixed.containsKey(name));
  }

  final String theme() {
    return theme;
  }

  /** The traced graph of a case. */
  final Graph graph(String name) {
    return graph(loaded(name), TorchCase.of(theme, name).inputs());
  }

  final TorchSubject subject(String name) {
    return Golden.named(subjects, name).get();
  }

  private TorchSubject loaded(String name) {
    TorchSubject subject = subject(name);
    subject.module().load(TorchCase.of(theme, name).weights());
    return subject;
  }

  @Test
  void everyCaseHasItsSubject() {
    assertThat(subjects.keySet()).containsExactlyInAnyOrderElementsOf(TorchCase.names(theme));
    assertThat(subjects.keySet()).containsAll(symbols.keySet()).containsAll(fixed.keySet());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("layers")
  void describesItselfAsPyTorchPrints(String name) {
    String print = TorchCase.of(theme, name).print().orElseThrow();
    assertThat(subject(name).module().describe() + "\n").isEqualTo(print);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("layers")
  void hasPyTorchsKeysInItsOrder(String name) {
    var keys = TorchCase.of(theme, name).weights().entries().keySet();
    assertThat(subject(name).module().stateDict().entries().keySet()).containsExactlyElementsOf(keys);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesPyTorchsOutputsEagerly(String name) {
    var expected = TorchCase.of(theme, name);
    assertAgree(name + " eager", loaded(name).forward().apply(expected.inputs()), expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesPyTorchsOutputsOnBothEngines(String name) {
    var expected = TorchCase.of(theme, name);
    assertBothEngines(name, graph(loaded(name), expected.inputs()), expected);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("symbolicCases")
  void computesPyTorchsOutputsOfSymbolicShapes(String name) {
    var expected = TorchCase.of(theme, name);
    List<Value> values = new ArrayList<>();
    Map<String, Long> sizes = new HashMap<>();
    for (Tensor input : expected.inputs()) {
      Shape shape = symbolic(name, values.size(), expected.inputs());
      values.add(new Value("x" + values.size(), input.type().withShape(shape)));
      for (int axis = 0; axis < shape.rank(); axis++) {
        if (shape.dim(axis) instanceof Dim.Symbol(String symbol)) {
          sizes.put(symbol, input.size(axis).fixed());
        }
      }
    }
    TorchSubject subject = loaded(name);
    Graph graph = Trace.of(subject.module(), values, subject.forward()).graph();
    assertThat(graph.outputs())
        .extracting(output -> ((TensorType) output.type()).bind(sizes))
        .containsExactlyElementsOf(expected.outputs().stream().map(Tensor::type).toList());
    assertBothEngines(name + " of symbols", graph, expected);
  }

  private Shape symbolic(String name, int index, List<Tensor> inputs) {
    Shape shape = inputs.get(index).shape();
    String[] dims = symbols(name, inputs).get(index).split(" ");
    for (int axis = 0; axis < dims.length; axis++) {
      if (!dims[axis].equals("_")) {
        shape = shape.with(axis, Dim.parse(dims[axis]));
      }
    }
    return shape;
  }

  private List<String> symbols(String name, List<Tensor> inputs) {
    List<String> declared = symbols.get(name);
    if (declared != null) {
      return declared;
    }
    List<Dim> first = inputs.getFirst().shape().dims().stream().limit(1).toList();
    return inputs.stream()
        .map(input -> input.shape().dims().stream().limit(1).toList())
        .map(dims -> !dims.isEmpty() && dims.equals(first) ? "batch" : "_")
        .toList();
  }

  private static void assertBothEngines(String what, Graph graph, TorchCase expected) {
    for (String engine : new String[] {"native", "ort"}) {
      try (Session session = Sardonyx.engine(engine).open(graph, SessionOptions.defaults())) {
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (int i = 0; i < expected.inputs().size(); i++) {
          given.put(graph.inputs().get(i).name(), expected.inputs().get(i));
        }
        List<Tensor> found = List.copyOf(session.run(given).values());
        assertAgree(what + " " + engine, found, expected);
      }
    }
  }

  private static Graph graph(TorchSubject subject, List<Tensor> inputs) {
    List<Value> values = new ArrayList<>();
    for (Tensor input : inputs) {
      values.add(new Value("x" + values.size(), input.type()));
    }
    return Trace.of(subject.module(), values, subject.forward()).graph();
  }

  private static void assertAgree(String what, List<Tensor> found, TorchCase expected) {
    assertThat(found).as(what).hasSameSizeAs(expected.outputs());
    for (int i = 0; i < found.size(); i++) {
      Golden.assertAgrees(what + " output " + i, found.get(i), expected.outputs().get(i));
    }
  }
}
