package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine makes of a graph means what the graph means, node by node and by eager. */
class TranslationTest {
  private static final int GRAPHS = 150;
  private static final double CLOSE = 1e-3;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void optimisedAndPlannedRunsEqualEagerOnRandomGraphs(int batch) {
    for (Kernels kernels : Operators.kernelSets()) {
      for (long seed = 0; seed < GRAPHS; seed++) {
        Graph graph = RandomGraphs.of(seed, 25);
        Map<String, Tensor> inputs = RandomGraphs.inputs(seed, batch);
        Map<String, Tensor> eager = eager(graph, kernels, inputs);
        var evaluator = new NativeEvaluator(kernels);
        compare(graph, kernels, Compiler.standard(evaluator, true), inputs, eager);
        compare(graph, kernels, Compiler.none(), inputs, eager);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2})
  void aGraphThatExposesAllItsValuesGivesEachOfThem(int batch) {
    for (Kernels kernels : Operators.kernelSets()) {
      for (long seed = 0; seed < GRAPHS; seed++) {
        Graph graph = RandomGraphs.of(seed, 25);
        List<Value> all = new ArrayList<>(graph.inputs());
        graph.nodes().forEach(node -> all.addAll(node.outputs()));
        Graph exposed = graph.withOutputs(all);
        Map<String, Tensor> inputs = RandomGraphs.inputs(seed, batch);
        Map<String, Tensor> eager = eager(exposed, kernels, inputs);
        var evaluator = new NativeEvaluator(kernels);
        compare(exposed, kernels, Compiler.standard(evaluator, true), inputs, eager);
      }
    }
  }

  private static void compare(
      Graph graph,
      Kernels kernels,
      Compiler compiler,
      Map<String, Tensor> inputs,
      Map<String, Tensor> expected) {
    var engine = new NativeEngine(kernels, compiler);
    try (Session session = engine.open(graph, SessionOptions.defaults())) {
      for (int run = 0; run < 2; run++) {
        Map<String, Tensor> found = session.run(inputs);
        assertThat(found.keySet())
            .containsExactlyElementsOf(graph.outputs().stream().map(Value::name).toList());
        found.forEach(
            (name, tensor) ->
                Operators.close(
                    name + " of\n" + graph, tensor, Graphs.named(expected, name), CLOSE));
      }
    }
  }

  private static Map<String, Tensor> eager(
      Graph graph, Kernels kernels, Map<String, Tensor> inputs) {
    var evaluator = new NativeEvaluator(kernels);
    Map<String, Tensor> values = new HashMap<>(inputs);
    values.putAll(graph.initializers());
    for (Node node : graph.nodes()) {
      List<Optional<Tensor>> given = new ArrayList<>();
      node.inputs().forEach(value -> given.add(Optional.ofNullable(values.get(value.name()))));
      values.put(node.output().name(), evaluator.evaluate(node.op(), given).getFirst());
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(value -> outputs.put(value.name(), values.get(value.name())));
    return outputs;
  }
}
