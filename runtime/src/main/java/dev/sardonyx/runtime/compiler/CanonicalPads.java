package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.PoolOp.AveragePool;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One way to say how much is padded; see {@link CanonicalRules}. */
final class CanonicalPads {
  private static final int AXES = 3;

  private CanonicalPads() {}

  /** The pass that says it so. */
  static Pass pass() {
    return new RulePass("whole-pads", CanonicalPads::whole, CanonicalPads::uncounted);
  }

  /** A Pad of some axes, of all. */
  private static Optional<Value> whole(Node node, Rewriting graph) {
    Value x = node.inputs().getFirst();
    boolean some =
        node.op() instanceof Pad
            && node.inputs().size() > AXES
            && node.inputs().get(AXES).isPresent()
            && x.type() instanceof TensorType type
            && type.shape().isKnown();
    if (!some) {
      return Optional.empty();
    }
    Optional<DenseTensor> pads = graph.constant(node.inputs().get(1));
    Optional<DenseTensor> axes = graph.constant(node.inputs().get(AXES));
    if (pads.isEmpty() || axes.isEmpty()) {
      return Optional.empty();
    }
    int rank = x.tensorType().rank();
    int count = Math.toIntExact(axes.get().elements());
    long[] all = new long[2 * rank];
    for (int i = 0; i < count; i++) {
      long axis = axes.get().longAt(i);
      int place = Math.toIntExact(axis < 0 ? axis + rank : axis);
      all[place] = pads.get().longAt(i);
      all[place + rank] = pads.get().longAt(i + count);
    }
    List<Value> inputs = new ArrayList<>(node.inputs().subList(0, AXES));
    inputs.set(
        1, graph.constant(node.output().name() + ".pads", Tensor.of(all, all.length).dense()));
    return Optional.of(graph.add(node, node.op(), inputs));
  }

  /** A mean without pads counts none. */
  private static Optional<Value> uncounted(Node node, Rewriting graph) {
    return node.op() instanceof AveragePool(var window, boolean counted)
            && counted
            && !window.ceilMode()
            && window.pads().stream().allMatch(pad -> pad == 0)
        ? Optional.of(graph.add(node, new AveragePool(window, false), node.inputs()))
        : Optional.empty();
  }
}
