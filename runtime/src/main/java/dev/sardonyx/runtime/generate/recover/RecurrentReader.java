package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.option;
import static dev.sardonyx.runtime.generate.recover.Java.truth;
import static dev.sardonyx.runtime.generate.recover.Java.whole;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.GRU;
import dev.sardonyx.api.nn.LSTM;
import dev.sardonyx.api.nn.RNN;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.Recurrence.Direction;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads LSTM, GRU and RNN with the nodes that PyTorch's exporter puts around them: one node for
 * each layer, whose output of all steps is all that is used, and whose first state is zero.
 */
final class RecurrentReader {
  private static final List<Integer> TURNED = List.of(1, 0, 2);
  private static final int MOST_LAYERS = 100;

  private final Facts facts;

  RecurrentReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    if (node.op() instanceof Transpose(List<Integer> perm) && perm.equals(TURNED)) {
      return ofSteps(node.inputs().getFirst()).flatMap(last -> layers(last, true, node));
    }
    return ofSteps(node.output()).flatMap(last -> layers(last, false, node));
  }

  /** The node whose states after all steps a value has, the directions side by side. */
  private Optional<Node> ofSteps(Value value) {
    Optional<Node> maker = facts.producer(value);
    if (maker.isEmpty()) {
      return Optional.empty();
    }
    Value inner = maker.get().inputs().isEmpty() ? Value.absent() : maker.get().inputs().getFirst();
    Optional<Node> found =
        switch (maker.get().op()) {
          case AxesOp.Squeeze _ -> facts.producer(inner);
          case Reshape _ ->
              facts
                  .producer(inner)
                  .filter(
                      turned ->
                          turned.op() instanceof Transpose(List<Integer> perm)
                              && perm.equals(List.of(0, 2, 1, 3)))
                  .flatMap(turned -> facts.producer(turned.inputs().getFirst()));
          default -> Optional.empty();
        };
    return found.filter(
        node ->
            node.op() instanceof RecurrentOp op
                && (op.recurrence().direction() == Direction.BIDIRECTIONAL)
                    == maker.get().op() instanceof Reshape
                && Facts.hasRank(value)
                && Facts.type(value).rank() == 3
                && node.outputs().stream().skip(1).noneMatch(facts::isUsed));
  }

  /** The layer below in the same module. */
  private Optional<Node> before(Value x, Node last) {
    return ofSteps(x)
        .filter(node -> node.op().equals(last.op()) && module(node).equals(module(last)));
  }

  private static String module(Node node) {
    int end = node.name().lastIndexOf('/');
    return node.origin().module() + "/" + node.name().substring(0, Math.max(end, 0));
  }

  private Optional<Reading> layers(Node last, boolean batchFirst, Node end) {
    List<Node> layers = new ArrayList<>(List.of(last));
    Value x = last.inputs().getFirst();
    for (Optional<Node> before = before(x, last); before.isPresent(); before = before(x, last)) {
      layers.addFirst(before.get());
      x = before.get().inputs().getFirst();
      if (layers.size() > MOST_LAYERS) {
        return Optional.empty();
      }
    }
    if (batchFirst) {
      Optional<Node> turned =
          facts
              .producer(x)
              .filter(
                  node ->
                      node.op() instanceof Transpose(List<Integer> perm) && perm.equals(TURNED));
      if (turned.isEmpty()) {
        return Optional.empty();
      }
      x = turned.get().inputs().getFirst();
    }
    RecurrentOp op = (RecurrentOp) last.op();
    boolean plain = layers.stream().allMatch(layer -> isPlain(layer, op));
    Optional<Map<String, DenseTensor>> weights = plain ? weights(layers, op) : Optional.empty();
    if (weights.isEmpty()) {
      return Optional.empty();
    }
    Class<?> type =
        switch (op) {
          case RecurrentOp.LSTM _ -> LSTM.class;
          case RecurrentOp.GRU _ -> GRU.class;
          case RecurrentOp.RNN _ -> RNN.class;
        };
    long in = Objects.requireNonNull(weights.get().get("weight_ih_l0")).shape().sizes()[1];
    Expression.New made =
        Java.layer(
            type,
            whole(in),
            whole(op.recurrence().hiddenSize()),
            Java.options(
                option("numLayers", whole(layers.size())),
                option("bias", truth(last.inputs().get(3).isPresent())),
                option("batchFirst", truth(batchFirst)),
                option("bidirectional", truth(directions(op) == 2))));
    Reading reading = Reading.layer(new LayerUse(made, weights.get(), "", "output"), x);
    // Between the end and the input nothing is used by others: the end alone is asked for.
    return Optional.of(
        reading.absorbing(layers.stream().filter(layer -> layer != end).toArray(Node[]::new)));
  }

  private static int directions(RecurrentOp op) {
    return op.recurrence().direction().count();
  }

  private boolean isPlain(Node node, RecurrentOp first) {
    List<Value> in = node.inputs();
    Recurrence its = first.recurrence();
    List<String> usual = new ArrayList<>();
    for (int direction = 0; direction < directions(first); direction++) {
      usual.addAll(first.ownActivations());
    }
    boolean alike = node.op().equals(first) && in.size() > 3;
    boolean known =
        alike
            && its.direction() != Direction.REVERSE
            && first.activations().equals(usual)
            && its.alphas().isEmpty()
            && its.betas().isEmpty()
            && its.clip() == 0
            && !its.batchFirst()
            && !(first instanceof RecurrentOp.LSTM lstm && lstm.inputForget())
            && !(first instanceof RecurrentOp.GRU gru && !gru.linearBeforeReset());
    return known
        && (in.size() < 5 || !in.get(4).isPresent())
        && (in.size() < 6 || isZero(in.get(5)))
        && (in.size() < 7 || isZero(in.get(6)))
        && (in.size() < 8 || !in.get(7).isPresent());
  }

  /** Zeros as exporters make them: of a shape, of which each layer takes its part. */
  private boolean isZero(Value value) {
    if (!value.isPresent()) {
      return true;
    }
    Optional<DenseTensor> constant = facts.constant(value);
    if (constant.isPresent()) {
      for (long i = 0; i < constant.get().elements(); i++) {
        if (constant.get().doubleAt(i) != 0) {
          return false;
        }
      }
      return true;
    }
    Optional<Node> maker = facts.producer(value);
    return maker.isPresent()
        && switch (maker.get().op()) {
          case Slice _ -> isZero(maker.get().inputs().getFirst());
          case FillOp.ConstantOfShape fill -> isZero(fill);
          default -> false;
        };
  }

  private static boolean isZero(FillOp.ConstantOfShape fill) {
    var bytes = fill.value().bytes();
    for (int i = 0; i < bytes.limit(); i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private Optional<Map<String, DenseTensor>> weights(List<Node> layers, RecurrentOp op) {
    Map<String, DenseTensor> result = new LinkedHashMap<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      List<Value> in = layers.get(layer).inputs();
      Optional<DenseTensor> w = facts.computed(in.get(1));
      Optional<DenseTensor> r = facts.computed(in.get(2));
      Optional<DenseTensor> b =
          in.get(3).isPresent() ? facts.computed(in.get(3)) : Optional.empty();
      if (w.isEmpty() || r.isEmpty() || b.isPresent() != in.get(3).isPresent()) {
        return Optional.empty();
      }
      for (int direction = 0; direction < directions(op); direction++) {
        String suffix = "_l" + layer + (direction == 0 ? "" : "_reverse");
        result.put("weight_ih" + suffix, ordered(w.get().select(0, direction), op));
        result.put("weight_hh" + suffix, ordered(r.get().select(0, direction), op));
        if (b.isPresent()) {
          Tensor both = b.get().select(0, direction);
          long half = (long) op.gates() * op.recurrence().hiddenSize();
          result.put("bias_ih" + suffix, ordered(both.narrow(0, 0, half), op));
          result.put("bias_hh" + suffix, ordered(both.narrow(0, half, half), op));
        }
      }
    }
    return Optional.of(result);
  }

  /** PyTorch has its gates in the order i, f, g, o, ONNX i, o, f, c; and r, z, n, ONNX z, r, h. */
  private static DenseTensor ordered(Tensor gates, RecurrentOp op) {
    List<Integer> order =
        switch (op) {
          case RecurrentOp.LSTM _ -> List.of(0, 2, 3, 1);
          case RecurrentOp.GRU _ -> List.of(1, 0, 2);
          case RecurrentOp.RNN _ -> List.of(0);
        };
    long hidden = op.recurrence().hiddenSize();
    List<Tensor> parts =
        order.stream().map(gate -> gates.narrow(0, gate * hidden, hidden)).toList();
    return Tensor.cat(parts, 0).dense();
  }
}
