package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/** Sums and products of float32 values with numbers, however they are put together. */
final class Terms {
  /** How far a number in a file may be from the one that is meant: it has been rounded. */
  private static final double ROUNDING = 1e-6;

  private static final int MOST_FACTORS = 8;

  private Terms() {}

  /** A value and a number that goes with it. */
  record Term(Value value, double number) {}

  /** A number times values, each as often as it is a factor. */
  record Product(double number, List<Value> factors) {
    /** Whether there are two factors, of which one is this; then the other. */
    Optional<Value> besides(Value one) {
      boolean pair = factors.size() == 2;
      if (pair && Rewriting.isSame(factors.getFirst(), one)) {
        return Optional.of(factors.getLast());
      }
      return pair && Rewriting.isSame(factors.getLast(), one)
          ? Optional.of(factors.getFirst())
          : Optional.empty();
    }

    /** Whether it is a number times a power of a value. */
    boolean isPower(double wanted, Value base, int exponent) {
      return isClose(number, wanted)
          && factors.size() == exponent
          && factors.stream().allMatch(factor -> Rewriting.isSame(factor, base));
    }
  }

  static boolean isClose(double found, double wanted) {
    return Math.abs(found - wanted) <= ROUNDING * Math.abs(wanted);
  }

  static boolean isFloat32(ValueType type) {
    return type instanceof TensorType tensor && tensor.dtype() == DType.FLOAT32;
  }

  /** Whether all elements of a float tensor are one number. */
  static boolean isAll(DenseTensor tensor, float wanted) {
    return Terms.isFloat32(tensor.type())
        && LongStream.range(0, tensor.elements()).allMatch(i -> tensor.floatAt(i) == wanted);
  }

  /** The one element of a float32 constant that leaves the shape of what it meets as it is. */
  static OptionalDouble number(Value value, Value other, Rewriting graph) {
    Optional<DenseTensor> constant =
        graph.constant(value).filter(t -> t.dtype() == DType.FLOAT32 && t.elements() == 1);
    if (constant.isEmpty()) {
      return OptionalDouble.empty();
    }
    int rank = constant.get().rank();
    boolean kept =
        rank == 0
            || other.type() instanceof TensorType type
                && type.shape().isKnown()
                && type.rank() >= rank;
    return kept ? OptionalDouble.of(constant.get().doubleAt(0)) : OptionalDouble.empty();
  }

  /** What a node adds a number to. */
  static Optional<Term> sum(Node node, Rewriting graph) {
    return node.op() instanceof BinaryOp.Add ? eitherWay(node, graph) : Optional.empty();
  }

  /** The same for a value that nothing else reads. */
  static Optional<Term> sum(Value value, Rewriting graph) {
    return graph.inner(value, BinaryOp.Add.class).flatMap(node -> sum(node, graph));
  }

  /** What a node multiplies by a number, or divides by it. */
  static Optional<Term> multiple(Node node, Rewriting graph) {
    if (node.op() instanceof BinaryOp.Mul) {
      return eitherWay(node, graph);
    }
    if (!(node.op() instanceof BinaryOp.Div)) {
      return Optional.empty();
    }
    Value dividend = node.inputs().getFirst();
    OptionalDouble divisor = number(node.inputs().getLast(), dividend, graph);
    return divisor.isPresent() && divisor.getAsDouble() != 0
        ? Optional.of(new Term(dividend, 1 / divisor.getAsDouble()))
        : Optional.empty();
  }

  /** The same for a value that nothing else reads; any other value is once itself. */
  static Term multiple(Value value, Rewriting graph) {
    return graph
        .inner(value, BinaryOp.class)
        .flatMap(node -> multiple(node, graph))
        .orElse(new Term(value, 1));
  }

  private static Optional<Term> eitherWay(Node node, Rewriting graph) {
    Value first = node.inputs().getFirst();
    Value last = node.inputs().getLast();
    OptionalDouble number = number(last, first, graph);
    if (number.isPresent()) {
      return Optional.of(new Term(first, number.getAsDouble()));
    }
    number = number(first, last, graph);
    return number.isPresent()
        ? Optional.of(new Term(last, number.getAsDouble()))
        : Optional.empty();
  }

  /** What a node multiplies, products within it that nothing else reads taken apart. */
  static Product product(Node node, Rewriting graph) {
    double number = 1;
    List<Value> factors = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>(List.of(node));
    while (!open.isEmpty() && factors.size() + open.size() <= MOST_FACTORS) {
      Node next = open.pop();
      Optional<Term> multiple = multiple(next, graph);
      number *= multiple.map(Term::number).orElse(1.0);
      List<Value> values = multiple.map(term -> List.of(term.value())).orElse(next.inputs());
      for (Value value : values) {
        Optional<Node> inner =
            graph.inner(value, BinaryOp.class).filter(maker -> isProduct(maker, graph));
        Optional<List<Value>> power = power(value, graph);
        if (inner.isPresent()) {
          open.push(inner.get());
        } else {
          factors.addAll(power.orElse(List.of(value)));
        }
      }
    }
    return new Product(number, List.copyOf(factors));
  }

  /** The same for a value; any but an inner product is the product of itself. */
  static Product product(Value value, Rewriting graph) {
    return graph
        .inner(value, BinaryOp.class)
        .filter(node -> isProduct(node, graph))
        .map(node -> product(node, graph))
        .orElseGet(() -> new Product(1, power(value, graph).orElse(List.of(value))));
  }

  static boolean isProduct(Node node, Rewriting graph) {
    return node.op() instanceof BinaryOp.Mul
        || node.op() instanceof BinaryOp.Div && multiple(node, graph).isPresent();
  }

  /** The factors of a small power that nothing else reads. */
  private static Optional<List<Value>> power(Value value, Rewriting graph) {
    return graph
        .inner(value, BinaryOp.Pow.class)
        .flatMap(
            node -> {
              Value base = node.inputs().getFirst();
              double exponent = number(node.inputs().getLast(), base, graph).orElse(0);
              return exponent == 2 || exponent == 3
                  ? Optional.of(Collections.nCopies((int) exponent, base))
                  : Optional.empty();
            });
  }
}
