package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Products of matrices that are said in more than one operator, or in too general a one. */
final class LinearRules {
  private LinearRules() {}

  /** The pass that finds them. */
  static Pass pass() {
    return new RulePass(
        "fuse-products", LinearRules::einsum, LinearRules::transposed, LinearRules::biased);
  }

  /** An Einsum such as {@code bhqd,bhkd->bhqk} is a MatMul. */
  private static Optional<Value> einsum(Node node, Rewriting graph) {
    if (!(node.op() instanceof Einsum op)
        || node.inputs().size() != 2
        || !Terms.isFloat32(node.output().type())) {
      return Optional.empty();
    }
    String[] sides = op.equation().replace(" ", "").split("->");
    String[] operands = sides[0].split(",");
    if (sides.length != 2 || operands.length != 2 || !isLetters(operands, sides[1])) {
      return Optional.empty();
    }
    String a = operands[0];
    String b = operands[1];
    int rank = sides[1].length();
    if (rank < 2 || a.length() != rank || b.length() != rank) {
      return Optional.empty();
    }
    String batch = sides[1].substring(0, rank - 2);
    char row = sides[1].charAt(rank - 2);
    char column = sides[1].charAt(rank - 1);
    char inner = a.charAt(rank - 1);
    boolean left = a.equals(batch + row + inner) && inner != column && inner != row;
    Value right = node.inputs().getLast();
    if (left && b.equals(batch + inner + column)) {
      return Optional.of(graph.add(node, new MatMul(), node.inputs().getFirst(), right));
    }
    if (!left || !b.equals(batch + column + inner)) {
      return Optional.empty();
    }
    List<Integer> order = new ArrayList<>(Transposes.identity(rank));
    Collections.swap(order, rank - 2, rank - 1);
    Value turned = graph.add(node, new Transpose(order), right);
    return Optional.of(graph.add(node, new MatMul(), node.inputs().getFirst(), turned));
  }

  /** Whether no term repeats a letter or leaves some unsaid. */
  private static boolean isLetters(String[] operands, String result) {
    return List.of(operands[0], operands[1], result).stream()
        .allMatch(
            term ->
                term.chars().allMatch(Character::isLetter)
                    && term.chars().distinct().count() == term.length());
  }

  /** A product of a transposed matrix, which Gemm takes as it is. */
  private static Optional<Value> transposed(Node node, Rewriting graph) {
    boolean product = node.op() instanceof MatMul || node.op() instanceof Gemm;
    if (!product || !isMatrix(node.inputs().get(0)) || !isMatrix(node.inputs().get(1))) {
      return Optional.empty();
    }
    Optional<Value> a = beforeTranspose(node.inputs().get(0), graph);
    Optional<Value> b = beforeTranspose(node.inputs().get(1), graph);
    if (a.isEmpty() && b.isEmpty()) {
      return Optional.empty();
    }
    Gemm gemm = node.op() instanceof Gemm given ? given : new Gemm(1, 1, false, false);
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, a.orElse(inputs.get(0)));
    inputs.set(1, b.orElse(inputs.get(1)));
    Gemm op =
        new Gemm(
            gemm.alpha(),
            gemm.beta(),
            gemm.transA() != a.isPresent(),
            gemm.transB() != b.isPresent());
    return Optional.of(graph.add(node, op, inputs));
  }

  private static Optional<Value> beforeTranspose(Value value, Rewriting graph) {
    return graph
        .maker(value, Transpose.class)
        .filter(maker -> !Transposes.isIdentity(((Transpose) maker.op()).order(2)))
        .map(maker -> maker.inputs().getFirst());
  }

  private static boolean isMatrix(Value value) {
    return Terms.isFloat32(value.type())
        && value.tensorType().shape().isKnown()
        && value.tensorType().rank() == 2;
  }

  /**
   * A product of two matrices plus a vector; stacked ones take theirs along when they are planned.
   */
  private static Optional<Value> biased(Node node, Rewriting graph) {
    if (!(node.op() instanceof BinaryOp.Add)) {
      return Optional.empty();
    }
    Value first = node.inputs().getFirst();
    Value last = node.inputs().getLast();
    Optional<Value> found = biased(node, first, last, graph);
    return found.isPresent() ? found : biased(node, last, first, graph);
  }

  private static Optional<Value> biased(Node node, Value product, Value bias, Rewriting graph) {
    if (!isMatrix(product) || !isVector(bias, product.tensorType().dim(1))) {
      return Optional.empty();
    }
    Optional<Node> matMul =
        graph
            .inner(product, MatMul.class)
            .filter(found -> found.inputs().stream().allMatch(LinearRules::isMatrix));
    Optional<Node> gemm = graph.inner(product, Gemm.class).filter(g -> g.inputs().size() == 2);
    if (matMul.isPresent()) {
      List<Value> inputs = new ArrayList<>(matMul.get().inputs());
      inputs.add(bias);
      return Optional.of(graph.add(matMul.get(), new Gemm(1, 1, false, false), inputs));
    }
    return gemm.map(
        found -> {
          Gemm op = (Gemm) found.op();
          List<Value> inputs = new ArrayList<>(found.inputs());
          inputs.add(bias);
          return graph.add(found, new Gemm(op.alpha(), 1, op.transA(), op.transB()), inputs);
        });
  }

  private static boolean isVector(Value value, Dim size) {
    return value.type() instanceof TensorType type
        && Terms.isFloat32(type)
        && type.shape().isFixed()
        && type.rank() == 1
        && type.dim(0).sameAs(size);
  }
}
