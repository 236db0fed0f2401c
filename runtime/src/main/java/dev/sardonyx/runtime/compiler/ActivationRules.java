package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Rewriting.isSame;
import static dev.sardonyx.runtime.compiler.Terms.isClose;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.ActivationOp.Gelu;
import dev.sardonyx.api.op.ActivationOp.HardSwish;
import dev.sardonyx.api.op.ActivationOp.Mish;
import dev.sardonyx.api.op.ActivationOp.Swish;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.runtime.compiler.Terms.Product;
import dev.sardonyx.runtime.compiler.Terms.Term;
import java.util.Optional;
import java.util.OptionalDouble;

/** Activations that exports say in products, each x times a gate that x goes through. */
final class ActivationRules {
  private static final double INNER_OF_TANH = 0.044715;

  private ActivationRules() {}

  /** The pass that finds them. */
  static Pass pass() {
    return new RulePass("fuse-activations", ActivationRules::activation);
  }

  private static Optional<Value> activation(Node node, Rewriting graph) {
    if (!Terms.isFloat32(node.output().type()) || !Terms.isProduct(node, graph)) {
      return Optional.empty();
    }
    Product product = Terms.product(node, graph);
    for (Value x : product.factors()) {
      Optional<Op> op = product.besides(x).flatMap(gate -> gated(product.number(), x, gate, graph));
      if (op.isPresent()) {
        return Optional.of(graph.add(node, op.get(), x));
      }
    }
    return Optional.empty();
  }

  /** The activation that a number times x times a gate is. */
  private static Optional<Op> gated(double number, Value x, Value gate, Rewriting graph) {
    if (isClose(number, 0.5)) {
      return gelu(x, gate, graph);
    }
    if (isClose(number, 1.0 / 6)) {
      return isClippedSum(x, gate, graph) ? Optional.of(new HardSwish()) : Optional.empty();
    }
    return number == 1 ? plain(x, gate, graph) : Optional.empty();
  }

  private static Optional<Op> plain(Value x, Value gate, Rewriting graph) {
    Optional<Value> sigmoid = through(gate, UnaryOp.Sigmoid.class, graph);
    if (sigmoid.isPresent()) {
      Term inner = isSame(sigmoid.get(), x) ? new Term(x, 1) : Terms.multiple(sigmoid.get(), graph);
      return isSame(inner.value(), x)
          ? Optional.of(new Swish((float) inner.number()))
          : Optional.empty();
    }
    Optional<ActivationOp.HardSigmoid> hard =
        graph
            .inner(gate, ActivationOp.HardSigmoid.class)
            .filter(node -> isSame(node.inputs().getFirst(), x))
            .map(node -> (ActivationOp.HardSigmoid) node.op());
    if (hard.isPresent()) {
      boolean third = isClose(hard.get().alpha(), 1.0 / 6) && isClose(hard.get().beta(), 0.5);
      return third ? Optional.of(new HardSwish()) : Optional.empty();
    }
    return through(gate, UnaryOp.Tanh.class, graph)
        .flatMap(soft -> through(soft, ActivationOp.Softplus.class, graph))
        .filter(input -> isSame(input, x))
        .map(_ -> new Mish());
  }

  /** Whether a gate is x + 3, held between 0 and 6. */
  private static boolean isClippedSum(Value x, Value gate, Rewriting graph) {
    Optional<Node> clip = graph.inner(gate, Clip.class).filter(node -> node.inputs().size() == 3);
    return clip.isPresent()
        && isNumber(clip.get(), 1, 0, graph)
        && isNumber(clip.get(), 2, 6, graph)
        && Terms.sum(clip.get().inputs().getFirst(), graph)
            .filter(term -> isSame(term.value(), x) && isClose(term.number(), 3))
            .isPresent();
  }

  private static boolean isNumber(Node node, int input, double wanted, Rewriting graph) {
    OptionalDouble number = Terms.number(node.inputs().get(input), node.output(), graph);
    return number.isPresent() && number.getAsDouble() == wanted;
  }

  /** 1 + erf(x / sqrt 2), or 1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)). */
  private static Optional<Op> gelu(Value x, Value gate, Rewriting graph) {
    Optional<Value> curve =
        Terms.sum(gate, graph).filter(sum -> isClose(sum.number(), 1)).map(Term::value);
    Optional<Value> erf = curve.flatMap(value -> through(value, UnaryOp.Erf.class, graph));
    if (erf.isPresent()) {
      Term inner = Terms.multiple(erf.get(), graph);
      boolean fits = isSame(inner.value(), x) && isClose(inner.number(), Math.sqrt(0.5));
      return fits ? Optional.of(new Gelu("none")) : Optional.empty();
    }
    return curve
        .flatMap(value -> through(value, UnaryOp.Tanh.class, graph))
        .filter(inner -> isInnerOfTanh(x, inner, graph))
        .map(_ -> new Gelu("tanh"));
  }

  private static boolean isInnerOfTanh(Value x, Value inner, Rewriting graph) {
    Product product = Terms.product(inner, graph);
    if (!isClose(product.number(), Math.sqrt(2 / Math.PI))) {
      return false;
    }
    if (product.factors().size() == 1) {
      return isCubicSum(x, product.factors().getFirst(), graph);
    }
    return product
        .besides(x)
        .flatMap(factor -> Terms.sum(factor, graph))
        .filter(sum -> isClose(sum.number(), 1))
        .filter(sum -> Terms.product(sum.value(), graph).isPower(INNER_OF_TANH, x, 2))
        .isPresent();
  }

  private static boolean isCubicSum(Value x, Value value, Rewriting graph) {
    Optional<Node> sum = graph.inner(value, BinaryOp.Add.class);
    if (sum.isEmpty()) {
      return false;
    }
    Value first = sum.get().inputs().getFirst();
    Value last = sum.get().inputs().getLast();
    Value cubic = isSame(first, x) ? last : first;
    return (isSame(first, x) || isSame(last, x))
        && Terms.product(cubic, graph).isPower(INNER_OF_TANH, x, 3);
  }

  /** The input of a function of which a value is the result, which nothing else reads. */
  private static Optional<Value> through(Value value, Class<? extends Op> kind, Rewriting graph) {
    return graph.inner(value, kind).map(node -> node.inputs().getFirst());
  }
}
