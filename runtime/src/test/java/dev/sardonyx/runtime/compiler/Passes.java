package dev.sardonyx.runtime.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphChecker;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;

/** What tests of passes share. */
final class Passes {
  private static final float ROUNDING = 2e-5f;

  private Passes() {}

  static List<String> operators(Graph graph) {
    return graph.nodes().stream().map(node -> node.op().name()).toList();
  }

  /** The graph after a pass and without what is dead, checked to mean the same on random inputs. */
  static Graph applied(Pass pass, Graph graph) {
    return applied(new Compiler(List.of(pass, new RemoveDead())), graph);
  }

  /** The same for several passes. */
  static Graph applied(Compiler compiler, Graph graph) {
    Graph result = GraphChecker.check(compiler.compile(graph));
    assertThat(result.inputs()).isEqualTo(graph.inputs());
    assertThat(result.outputs()).isEqualTo(graph.outputs());
    Map<String, Tensor> inputs = inputs(graph);
    Map<String, Tensor> expected = run(graph, inputs);
    Map<String, Tensor> found = run(result, inputs);
    for (Value output : graph.outputs()) {
      Tensor wanted = Graphs.named(expected, output.name());
      Tensor got = Graphs.named(found, output.name());
      assertThat(got.type()).isEqualTo(wanted.type());
      assertThat(got.dense().convert(DType.FLOAT32).floats())
          .containsExactly(wanted.dense().convert(DType.FLOAT32).floats(), Offset.offset(ROUNDING));
    }
    return result;
  }

  /** Whether a pass leaves a graph as it is. */
  static void leaves(Pass pass, Graph graph) {
    assertThat(pass.apply(graph)).as(pass.name()).isSameAs(graph);
  }

  private static Map<String, Tensor> inputs(Graph graph) {
    var random = new Random(7);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      long[] sizes =
          input.tensorType().shape().dims().stream()
              .mapToLong(dim -> dim.isFixed() ? dim.fixed() : 3)
              .toArray();
      float[] values =
          new float[Math.toIntExact(java.util.Arrays.stream(sizes).reduce(1, (a, b) -> a * b))];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      Tensor floats = Tensor.of(values, sizes);
      inputs.put(input.name(), floats.dense().convert(input.tensorType().dtype()));
    }
    return inputs;
  }

  private static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
    var engine = new NativeEngine(Kernels.scalar(), Compiler.none());
    try (Session session = engine.open(graph, SessionOptions.defaults())) {
      return new LinkedHashMap<>(session.run(inputs));
    }
  }
}
