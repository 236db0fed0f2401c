package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes of the four constants of a BatchNormalization a factor and a summand per channel, and moves
 * them into the weights of a Conv before it whose output nothing else reads. One that stays has
 * mean 0, variance 1 and epsilon 0.
 */
public final class FoldNormalizations implements Pass {
  @Override
  public String name() {
    return "fold-normalizations";
  }

  @Override
  public Graph apply(Graph graph) {
    return new Rewriting(graph).rewrite();
  }

  /** One application of the pass. */
  private static final class Rewriting {
    private final Graph graph;
    private final Map<String, DenseTensor> constants;
    private final Map<String, Integer> uses = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Node> convolutions = new HashMap<>();
    private final Set<String> folded = new HashSet<>();
    private boolean changed;

    Rewriting(Graph graph) {
      this.graph = graph;
      constants = new LinkedHashMap<>(graph.initializers());
      names.addAll(constants.keySet());
      graph.inputs().forEach(input -> names.add(input.name()));
      // An output counts as a use more than any value may have that is fused away.
      graph.outputs().forEach(output -> uses.merge(output.name(), 2, Integer::sum));
      for (Node node : graph.nodes()) {
        node.inputs().forEach(input -> uses.merge(input.name(), 1, Integer::sum));
        node.outputs().forEach(output -> names.add(output.name()));
      }
    }

    Graph rewrite() {
      List<Node> nodes = new ArrayList<>();
      for (Node node : graph.nodes()) {
        if (node.op() instanceof Conv) {
          convolutions.put(node.output().name(), node);
        }
        nodes.add(
            node.op() instanceof BatchNormalization op && !op.trainingMode()
                ? normalization(node, op)
                : node);
      }
      nodes.removeIf(node -> node.op() instanceof Conv && folded.contains(node.output().name()));
      return changed ? graph.withNodes(nodes).withInitializers(constants) : graph;
    }

    private Node normalization(Node node, BatchNormalization op) {
      Optional<ChannelScale> scale = ChannelScale.of(op, node, constants);
      if (scale.isEmpty() || scale.get().isPlain()) {
        return node;
      }
      changed = true;
      String x = node.inputs().getFirst().name();
      Node before = convolutions.get(x);
      if (before != null && canFold(before, scale.get())) {
        folded.add(x);
        return folded(before, node, scale.get());
      }
      return plain(node, scale.get());
    }

    private boolean canFold(Node conv, ChannelScale scale) {
      return uses.getOrDefault(conv.output().name(), 0) == 1
          && isPerChannel(conv.inputs().get(1), scale)
          && (!hasBias(conv) || isPerChannel(conv.inputs().get(2), scale));
    }

    /** Sizes are asked for because inference cannot compare them where the rank of x is unknown. */
    private boolean isPerChannel(Value value, ChannelScale scale) {
      DenseTensor constant = constants.get(value.name());
      return constant != null
          && constant.dtype() == DType.FLOAT32
          && constant.size(0).equals(Dim.of(scale.channels()));
    }

    private static boolean hasBias(Node conv) {
      return conv.inputs().size() > 2 && conv.inputs().get(2).isPresent();
    }

    private Node folded(Node conv, Node node, ChannelScale scale) {
      DenseTensor weights =
          Objects.requireNonNull(
              constants.get(conv.inputs().get(1).name()), "only constant weights are folded into");
      Optional<DenseTensor> bias =
          hasBias(conv)
              ? Optional.ofNullable(constants.get(conv.inputs().get(2).name()))
              : Optional.empty();
      List<Value> inputs =
          List.of(
              conv.inputs().getFirst(),
              constant(conv.inputs().get(1).name(), scale.weights(weights)),
              constant(conv.inputs().get(1).name() + ".bias", scale.bias(bias)));
      return new Node(conv.name(), conv.op(), inputs, node.outputs(), conv.origin());
    }

    private Node plain(Node node, ChannelScale scale) {
      String stem = node.output().name();
      List<Value> inputs = new ArrayList<>();
      inputs.add(node.inputs().getFirst());
      inputs.add(constant(stem + ".scale", scale.factors()));
      inputs.add(constant(stem + ".shift", scale.summands()));
      inputs.add(constant(stem + ".mean", scale.repeated(0)));
      inputs.add(constant(stem + ".variance", scale.repeated(1)));
      return new Node(
          node.name(), new BatchNormalization(0), inputs, node.outputs(), node.origin());
    }

    private Value constant(String stem, DenseTensor tensor) {
      String fresh = stem;
      for (int i = 1; !names.add(fresh); i++) {
        fresh = stem + "." + i;
      }
      constants.put(fresh, tensor);
      return new Value(fresh, tensor.type());
    }
  }
}
