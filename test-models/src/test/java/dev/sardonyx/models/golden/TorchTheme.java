package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import java.util.ArrayList;
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

  TorchTheme(String theme) {
    this.theme = theme;
  }

  /** Enters our side of the case of that name. */
  final void add(String name, Supplier<TorchSubject> subject) {
    assertThat(subjects.put(name, subject)).as(name).isNull();
  }

  final Stream<String> cases() {
    return subjects.keySet().stream();
  }

  final Stream<String> layers() {
    return cases().filter(name -> TorchCase.of(theme, name).print().isPresent());
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
    Graph graph = graph(loaded(name), expected.inputs());
    for (String engine : new String[] {"native", "ort"}) {
      try (Session session = Sardonyx.engine(engine).open(graph, SessionOptions.defaults())) {
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (int i = 0; i < expected.inputs().size(); i++) {
          given.put(graph.inputs().get(i).name(), expected.inputs().get(i));
        }
        List<Tensor> found = List.copyOf(session.run(given).values());
        assertAgree(name + " " + engine, found, expected);
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
