package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Transpositions moved behind what is done to each element, so that they meet and cancel. */
final class TransposeRules {
  private TransposeRules() {}

  /** The pass that moves them. */
  static Pass pass() {
    return new RulePass("push-transposes", TransposeRules::reversed, TransposeRules::both);
  }

  /** A transposition of a function of the reverse transposition is the function alone. */
  private static Optional<Value> reversed(Node node, Rewriting graph) {
    if (!(node.op() instanceof Transpose second)) {
      return Optional.empty();
    }
    List<Node> between = new ArrayList<>();
    Value value = node.inputs().getFirst();
    Optional<Node> step = graph.inner(value, Op.class);
    while (step.isPresent() && isFunction(step.get(), graph)) {
      between.add(step.get());
      value = value(step.get(), graph);
      step = graph.inner(value, Op.class);
    }
    Optional<Node> first =
        step.filter(maker -> maker.op() instanceof Transpose)
            .filter(maker -> maker.inputs().getFirst().tensorType().shape().isKnown());
    if (between.isEmpty() || first.isEmpty() || !isReverse(first.get(), second)) {
      return Optional.empty();
    }
    Value x = first.get().inputs().getFirst();
    for (Node function : between.reversed()) {
      List<Value> inputs = new ArrayList<>(function.inputs());
      inputs.set(place(function, graph), x);
      x = graph.add(function, function.op(), inputs);
    }
    return Optional.of(x);
  }

  private static boolean isReverse(Node first, Transpose second) {
    int rank = first.inputs().getFirst().tensorType().rank();
    return Transposes.isIdentity(
        Transposes.then(((Transpose) first.op()).order(rank), second.order(rank)));
  }

  /** Whether a node does the same to each element, wherever it stands. */
  private static boolean isFunction(Node node, Rewriting graph) {
    return switch (node.op()) {
      case UnaryOp _, ActivationOp _, Clip _ -> true;
      case BinaryOp _ -> place(node, graph) >= 0;
      default -> false;
    };
  }

  private static Value value(Node node, Rewriting graph) {
    return node.inputs().get(place(node, graph));
  }

  /** Which input has the elements; the other is a number. Below 0 where there is none. */
  private static int place(Node node, Rewriting graph) {
    if (!(node.op() instanceof BinaryOp)) {
      return 0;
    }
    Value first = node.inputs().getFirst();
    Value last = node.inputs().getLast();
    return Terms.number(last, first, graph).isPresent()
        ? 0
        : Terms.number(first, last, graph).isPresent() ? 1 : -1;
  }

  /** What two values make that are transposed alike is transposed once. */
  private static Optional<Value> both(Node node, Rewriting graph) {
    if (!(node.op() instanceof BinaryOp)) {
      return Optional.empty();
    }
    Optional<Node> first = graph.inner(node.inputs().getFirst(), Transpose.class);
    Optional<Node> last = graph.inner(node.inputs().getLast(), Transpose.class);
    boolean alike =
        first.isPresent()
            && last.isPresent()
            && first.get().op().equals(last.get().op())
            && rank(first.get()) > 0
            && rank(first.get()) == rank(last.get());
    if (!alike) {
      return Optional.empty();
    }
    Value before =
        graph.add(node, node.op(), first.get().inputs().getFirst(), last.get().inputs().getFirst());
    return Optional.of(graph.add(node, first.get().op(), before));
  }

  private static int rank(Node transpose) {
    Value x = transpose.inputs().getFirst();
    return x.tensorType().shape().isKnown() ? x.tensorType().rank() : -1;
  }
}
