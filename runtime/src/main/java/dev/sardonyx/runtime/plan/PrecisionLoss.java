package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.Optional;

/**
 * What a graph's products lose by the precision in which they are computed.
 *
 * @param used in which the kernels compute
 * @param nodes how many nodes are products
 * @param lack why that is not what was asked for, if it is not
 */
public record PrecisionLoss(Precision used, int nodes, Optional<String> lack) {

  /** The loss of a graph on a set of kernels. */
  public static PrecisionLoss of(Graph graph, Precision asked, Kernels kernels) {
    long products = graph.nodes().stream().filter(node -> multiplies(node.op())).count();
    return new PrecisionLoss(
        Choices.precision(asked, kernels), (int) products, Choices.lack(asked, kernels));
  }

  private static boolean multiplies(Op op) {
    return switch (op) {
      case Gemm _, MatMul _, Einsum _, ConvolutionOp _, RecurrentOp _, Attention _ -> true;
      default -> false;
    };
  }

  /** What a node loses, relative to its result (L2). */
  double of(Node node) {
    return multiplies(node.op()) ? used.loss() : 0;
  }

  /** What the whole graph loses at most: the root of the sum of squares. */
  double total() {
    return Math.sqrt(nodes) * used.loss();
  }
}
