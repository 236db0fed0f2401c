package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Rewriting.isSame;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.AxesOp.Unsqueeze;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.compiler.Terms.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Attention that exports say in products and softmax. */
final class AttentionRules {
  private static final List<Integer> HEADS_AND_TOKENS = List.of(0, 2, 1, 3);

  private AttentionRules() {}

  /** The pass that finds it. */
  static Pass pass() {
    return new RulePass(
        "fuse-attention", AttentionRules::attention, AttentionRules::headsSideBySide);
  }

  /** softmax(Q * K' * scale + mask) * V, with Q, K and V of one batch. */
  private static Optional<Value> attention(Node node, Rewriting graph) {
    if (!(node.op() instanceof MatMul) || !Terms.isFloat32(node.output().type())) {
      return Optional.empty();
    }
    Value v = node.inputs().getLast();
    return graph
        .inner(node.inputs().getFirst(), Softmax.class)
        .filter(AttentionRules::isAlongLast)
        .flatMap(softmax -> Scores.of(softmax.inputs().getFirst(), graph))
        .filter(scores -> isOneBatch(scores.q(), scores.keysTransposed(), v))
        .flatMap(scores -> joined(node, scores, v, graph));
  }

  private static boolean isAlongLast(Node softmax) {
    int axis = ((Softmax) softmax.op()).axis();
    TensorType type = softmax.output().tensorType();
    return axis == -1 || type.shape().isKnown() && axis == type.rank() - 1;
  }

  private static boolean isOneBatch(Value q, Value k, Value v) {
    TensorType a = q.tensorType();
    TensorType b = k.tensorType();
    TensorType c = v.tensorType();
    boolean one = a.shape().isKnown() && b.shape().isKnown() && c.shape().isKnown();
    one = one && (a.rank() == 3 || a.rank() == 4) && a.rank() == b.rank() && a.rank() == c.rank();
    for (int axis = 0; one && axis < a.rank() - 2; axis++) {
      one = a.dim(axis).sameAs(b.dim(axis)) && a.dim(axis).sameAs(c.dim(axis));
    }
    return one;
  }

  private static Optional<Value> joined(Node node, Scores scores, Value v, Rewriting graph) {
    boolean split = scores.q().tensorType().rank() == 4;
    boolean causal =
        scores.mask().isPresent() && AttentionMask.isCausal(scores.mask().get(), graph);
    Optional<Value> mask = causal ? Optional.empty() : scores.mask();
    if (mask.isPresent() && !AttentionMask.showsSomething(mask.get(), graph)) {
      return Optional.empty();
    }
    List<Value> inputs = new ArrayList<>();
    inputs.add(scores.q());
    inputs.add(transposed(node, scores.keysTransposed(), graph));
    inputs.add(v);
    if (mask.isPresent()) {
      boolean ofBatch = !split && mask.get().tensorType().rank() == 3;
      inputs.add(ofBatch ? unsqueezed(node, mask.get(), graph) : mask.get());
    }
    Attention op =
        new Attention(
            causal,
            split ? 0 : 1,
            split ? 0 : 1,
            Optional.of((float) scores.scale()),
            0,
            Optional.empty(),
            Attention.Scores.PRODUCTS,
            -1,
            -1);
    return Optional.of(graph.add(node, op, inputs));
  }

  /** A mask (batch, queries, keys) as one for a single head. */
  private static Value unsqueezed(Node node, Value mask, Rewriting graph) {
    Value axes =
        graph.constant(node.output().name() + ".axes", Tensor.of(new long[] {1}, 1).dense());
    return graph.add(node, new Unsqueeze(), mask, axes);
  }

  /** The matrices of a value transposed; a transposition before is taken along. */
  private static Value transposed(Node node, Value value, Rewriting graph) {
    int rank = value.tensorType().rank();
    Optional<Node> before = graph.maker(value, Transpose.class);
    Value source = before.map(maker -> maker.inputs().getFirst()).orElse(value);
    List<Integer> order =
        new ArrayList<>(
            before
                .map(maker -> ((Transpose) maker.op()).order(rank))
                .orElseGet(() -> Transposes.identity(rank)));
    Collections.swap(order, rank - 2, rank - 1);
    return Transposes.isIdentity(order) ? source : graph.add(node, new Transpose(order), source);
  }

  /**
   * Where heads come of the axis after the tokens' and go back there, attention on tokens that have
   * their heads side by side.
   */
  private static Optional<Value> headsSideBySide(Node node, Rewriting graph) {
    if (!isHeadsAndTokens(node)) {
      return Optional.empty();
    }
    Optional<Node> attention =
        graph
            .inner(node.inputs().getFirst(), Attention.class)
            .filter(found -> ((Attention) found.op()).qNumHeads() == 0)
            .filter(found -> found.outputs().size() == 1 && found.inputs().size() <= 4);
    List<Value> tokens = new ArrayList<>();
    for (int i = 0; attention.isPresent() && i < 3; i++) {
      graph
          .maker(attention.get().inputs().get(i), Transpose.class)
          .filter(AttentionRules::isHeadsAndTokens)
          .map(maker -> maker.inputs().getFirst())
          .filter(AttentionRules::hasFixedHeads)
          .ifPresent(tokens::add);
    }
    if (tokens.size() < 3) {
      return Optional.empty();
    }
    int heads = Math.toIntExact(tokens.get(0).tensorType().dim(2).fixed());
    int keyHeads = Math.toIntExact(tokens.get(1).tensorType().dim(2).fixed());
    Dim size = tokens.get(2).tensorType().dim(3);
    List<Value> inputs = new ArrayList<>();
    tokens.forEach(value -> inputs.add(reshaped(node, value, joinedHeads(value), graph)));
    inputs.addAll(attention.get().inputs().subList(3, attention.get().inputs().size()));
    Attention op = ((Attention) attention.get().op()).withHeads(heads, keyHeads);
    Value y = graph.add(node, op, inputs);
    return Optional.of(reshaped(node, y, new long[] {0, 0, heads, size.fixed()}, graph));
  }

  private static boolean isHeadsAndTokens(Node node) {
    return node.op() instanceof Transpose op && op.perm().equals(HEADS_AND_TOKENS);
  }

  /** Whether a value (batch, tokens, heads, size) has heads of known number and size. */
  private static boolean hasFixedHeads(Value value) {
    TensorType type = value.tensorType();
    return type.shape().isKnown()
        && type.dim(2) instanceof Dim.Fixed(long heads)
        && type.dim(3) instanceof Dim.Fixed(long size)
        && heads > 0
        && size > 0
        && heads <= Integer.MAX_VALUE / size;
  }

  private static long[] joinedHeads(Value value) {
    TensorType type = value.tensorType();
    return new long[] {0, 0, type.dim(2).fixed() * type.dim(3).fixed()};
  }

  private static Value reshaped(Node node, Value value, long[] target, Rewriting graph) {
    Value shape =
        graph.constant(node.output().name() + ".shape", Tensor.of(target, target.length).dense());
    return graph.add(node, new Reshape(false), value, shape);
  }

  /**
   * What a softmax of attention is taken of.
   *
   * @param keysTransposed K', (..., size, keys)
   * @param mask what is added to the scores
   */
  private record Scores(Value q, Value keysTransposed, double scale, Optional<Value> mask) {

    static Optional<Scores> of(Value value, Rewriting graph) {
      Optional<Node> choice = graph.inner(value, Where.class);
      if (choice.isPresent()) {
        return chosen(choice.get(), graph);
      }
      Optional<Node> sum = graph.inner(value, BinaryOp.Add.class);
      if (sum.isEmpty()) {
        return products(value, Optional.empty(), graph);
      }
      Value first = sum.get().inputs().getFirst();
      Value last = sum.get().inputs().getLast();
      Optional<Scores> found = products(first, Optional.of(last), graph);
      return found.isPresent() ? found : products(last, Optional.of(first), graph);
    }

    /** Scores, or next to nothing where a constant hides them. */
    private static Optional<Scores> chosen(Node where, Rewriting graph) {
      Value condition = where.inputs().get(0);
      Value first = where.inputs().get(1);
      Value last = where.inputs().get(2);
      boolean hides = AttentionMask.isHiding(first, last, graph);
      if (!hides && !AttentionMask.isHiding(last, first, graph)) {
        return Optional.empty();
      }
      return AttentionMask.hiding(condition, hides, graph)
          .flatMap(mask -> products(hides ? last : first, Optional.of(mask), graph));
    }

    private static Optional<Scores> products(Value value, Optional<Value> mask, Rewriting graph) {
      Term scaled = Terms.multiple(value, graph);
      Optional<Node> product = graph.inner(scaled.value(), MatMul.class);
      boolean fits =
          mask.isEmpty() || AttentionMask.fits(mask.get(), value) && !isSame(mask.get(), value);
      if (product.isEmpty() || !fits) {
        return Optional.empty();
      }
      Term q = Terms.multiple(product.get().inputs().getFirst(), graph);
      Term k = Terms.multiple(product.get().inputs().getLast(), graph);
      float scale = (float) (scaled.number() * q.number() * k.number());
      // A scale of 0 would mean none to some engines.
      return scale != 0 && Float.isFinite(scale)
          ? Optional.of(new Scores(q.value(), k.value(), scale, mask))
          : Optional.empty();
    }
  }
}
