package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.call;
import static dev.sardonyx.runtime.generate.recover.Java.functional;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.recover.Step.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads nodes that compute each element for itself, and matrix products. */
final class ElementwiseReader {
  private static final TypeName TENSOR = TypeName.of(Tensor.class);
  private static final Map<String, String> OF_ONE =
      Map.ofEntries(
          Map.entry("Exp", "exp"),
          Map.entry("Log", "log"),
          Map.entry("Sqrt", "sqrt"),
          Map.entry("Reciprocal", "reciprocal"),
          Map.entry("Erf", "erf"),
          Map.entry("Sin", "sin"),
          Map.entry("Cos", "cos"),
          Map.entry("Neg", "neg"),
          Map.entry("Abs", "abs"),
          Map.entry("Sign", "sign"),
          Map.entry("Floor", "floor"),
          Map.entry("Ceil", "ceil"),
          Map.entry("Round", "round"),
          Map.entry("Not", "logicalNot"),
          Map.entry("IsNaN", "isnan"));
  private static final Map<String, String> OF_TWO =
      Map.ofEntries(
          Map.entry("Add", "add"),
          Map.entry("Sub", "sub"),
          Map.entry("Mul", "mul"),
          Map.entry("Div", "div"),
          Map.entry("Pow", "pow"),
          Map.entry("Equal", "eq"),
          Map.entry("Greater", "gt"),
          Map.entry("GreaterOrEqual", "ge"),
          Map.entry("Less", "lt"),
          Map.entry("LessOrEqual", "le"),
          Map.entry("And", "logicalAnd"),
          Map.entry("Or", "logicalOr"),
          Map.entry("Xor", "logicalXor"),
          Map.entry("Max", "maximum"),
          Map.entry("Min", "minimum"));

  private final Facts facts;

  ElementwiseReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    if (node.op() instanceof VariadicOp && node.inputs().size() != 2) {
      return Optional.empty();
    }
    return switch (node.op()) {
      case Cast cast -> {
        DType to = cast.to();
        Value x = node.inputs().getFirst();
        Expression type = new Expression.Constant(TypeName.of(DType.class), to.name());
        yield Optional.of(
            Reading.code(hintOf(node), names -> call(names.tensor(x.name()), "to", type), x));
      }
      case Clip _ -> clip(node);
      case Where _ -> {
        Value condition = node.inputs().get(0);
        Value then = node.inputs().get(1);
        Value otherwise = node.inputs().get(2);
        Code code =
            names ->
                new Expression.StaticCall(
                    TENSOR,
                    "where",
                    List.of(
                        names.tensor(condition.name()),
                        names.tensor(then.name()),
                        names.tensor(otherwise.name())));
        yield Optional.of(Reading.code("chosen", code, condition, then, otherwise));
      }
      case MatMul _ -> ofTwo(node, "matmul", false);
      default -> {
        String one = OF_ONE.get(node.op().name());
        String two = OF_TWO.get(node.op().name());
        yield one != null
            ? ofOne(node, one)
            : two != null ? ofTwo(node, two, true) : Optional.empty();
      }
    };
  }

  private static String hintOf(Node node) {
    return switch (node.op().name()) {
      case "Add" -> "sum";
      case "Sub" -> "difference";
      case "Mul", "MatMul" -> "product";
      case "Div" -> "quotient";
      case "Cast" -> "converted";
      default -> "out";
    };
  }

  private static Optional<Reading> ofOne(Node node, String method) {
    Value x = node.inputs().getFirst();
    return Optional.of(
        Reading.code(hintOf(node), names -> call(names.tensor(x.name()), method), x));
  }

  private Optional<Reading> ofTwo(Node node, String method, boolean withNumbers) {
    Value a = node.inputs().get(0);
    Value b = node.inputs().get(1);
    Optional<Expression> right = withNumbers ? literal(b, a) : Optional.empty();
    Optional<Expression> left = withNumbers ? literal(a, b) : Optional.empty();
    boolean logical = method.startsWith("logical") || method.endsWith("imum");
    if (right.isPresent() && !logical) {
      return Optional.of(
          Reading.code(
              hintOf(node), names -> call(names.tensor(a.name()), method, right.get()), a));
    }
    boolean swaps = node.op() instanceof BinaryOp.Add || node.op() instanceof BinaryOp.Mul;
    boolean turns = node.op() instanceof BinaryOp.Sub;
    if (left.isPresent() && (swaps || turns)) {
      String turned = turns ? "rsub" : method;
      return Optional.of(
          Reading.code(hintOf(node), names -> call(names.tensor(b.name()), turned, left.get()), b));
    }
    Code code = names -> call(names.tensor(a.name()), method, names.tensor(b.name()));
    return Optional.of(Reading.code(hintOf(node), code, a, b));
  }

  /** A constant of one element as a number beside a tensor whose shape it does not change. */
  private Optional<Expression> literal(Value value, Value beside) {
    Optional<DenseTensor> constant = facts.constant(value);
    boolean fits =
        constant.isPresent()
            && constant.get().elements() == 1
            && Inputs.NUMBERS.contains(constant.get().dtype())
            && !facts.isConstant(beside)
            && beside.type() instanceof TensorType type
            && type.dtype() == constant.get().dtype()
            && (constant.get().rank() == 0
                || type.shape().isKnown() && type.rank() >= constant.get().rank());
    return fits ? Optional.of(literal(constant.get())) : Optional.empty();
  }

  static Expression literal(DenseTensor one) {
    if (!one.dtype().isFloat()) {
      return Java.whole((long) one.doubleAt(0));
    }
    return one.dtype() == DType.FLOAT32
        ? Java.real(one.floatAt(0))
        : new Expression.Real(one.doubleAt(0));
  }

  private Optional<Reading> clip(Node node) {
    Value x = node.inputs().getFirst();
    Optional<Expression> low = bound(node, 1);
    Optional<Expression> high = bound(node, 2);
    boolean known = low.isPresent() == isGiven(node, 1) && high.isPresent() == isGiven(node, 2);
    if (!known || low.isEmpty() && high.isEmpty()) {
      return Optional.empty();
    }
    boolean six = low.equals(Optional.of(Java.real(0))) && high.equals(Optional.of(Java.real(6)));
    if (six) {
      Code code = names -> functional("relu6", names.tensor(x.name()));
      return Optional.of(Reading.code("out", code, x));
    }
    Code code =
        low.isEmpty()
            ? names -> call(names.tensor(x.name()), "clampMax", high.orElseThrow())
            : high.isEmpty()
                ? names -> call(names.tensor(x.name()), "clampMin", low.get())
                : names -> call(names.tensor(x.name()), "clamp", low.get(), high.get());
    return Optional.of(Reading.code("out", code, x));
  }

  private static boolean isGiven(Node node, int input) {
    return input < node.inputs().size() && node.inputs().get(input).isPresent();
  }

  private Optional<Expression> bound(Node node, int input) {
    return isGiven(node, input)
        ? facts
            .constant(node.inputs().get(input))
            .filter(tensor -> tensor.elements() == 1)
            .map(ElementwiseReader::literal)
        : Optional.empty();
  }
}
