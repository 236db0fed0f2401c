package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the graph for given input types: every type inferred, and arithmetic on shapes computed, so
 * that what depends on it is fixed as well.
 */
public final class ShapeFixing {
  /** A round may find no more than one shape; each costs what the whole graph does. */
  private static final int MOST_ROUNDS = 100;

  private final Compiler folding;

  /** Fixing with an evaluator of single operators. */
  public ShapeFixing(Evaluator evaluator) {
    folding =
        new Compiler(List.of(new FoldConstants(evaluator), new InlineBranches(), new RemoveDead()));
  }

  /**
   * The graph for inputs of these types, whose shapes are fixed. Where a shape depends on data it
   * stays unknown. Errors: what an operator reports on these shapes, at its node.
   */
  public Graph fix(Graph graph, List<? extends ValueType> inputs) {
    Graph typed = GraphInference.infer(graph, inputs);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Cancellation.poll();
      Graph folded = folding.compile(shapesAsConstants(typed));
      if (folded.nodes().equals(typed.nodes())) {
        return typed;
      }
      typed = GraphInference.infer(folded, inputs);
    }
    return typed; // what is left runs node by node
  }

  private static Graph shapesAsConstants(Graph graph) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean known =
          node.op() instanceof ShapeOf
              && node.inputs().getFirst().type() instanceof TensorType type
              && type.shape().isFixed();
      if (known) {
        constants.put(node.output().name(), sizes((ShapeOf) node.op(), node.inputs().getFirst()));
      } else {
        nodes.add(node);
      }
    }
    boolean same = nodes.size() == graph.nodes().size();
    return same ? graph : graph.withNodes(nodes).withInitializers(constants);
  }

  private static DenseTensor sizes(ShapeOf op, Value value) {
    long[] sizes =
        op.of(value.tensorType().shape().dims()).stream().mapToLong(Dim::fixed).toArray();
    return Tensor.of(sizes, sizes.length).dense();
  }
}
