package dev.sardonyx.processor.follow;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** The values of expressions. */
final class Expressions {
  private final Interpreter interpreter;
  private final Variables variables;
  private final ArrayAccess arrays;

  Expressions(Interpreter interpreter) {
    this.interpreter = interpreter;
    variables = new Variables(interpreter);
    arrays = new ArrayAccess(interpreter);
  }

  /** The value of an expression. Errors: {@link Thrown} where it throws. */
  Object evaluate(Frame frame, ExpressionTree tree) {
    interpreter.step();
    Object value = valueOf(frame, tree);
    if (value instanceof Tensor tensor) {
      interpreter.report(frame, tree, tensor);
    }
    return value;
  }

  private Object valueOf(Frame frame, ExpressionTree tree) {
    return switch (tree) {
      case LiteralTree literal -> literal.getValue() == null ? Special.NULL : literal.getValue();
      case ParenthesizedTree inner -> evaluate(frame, inner.getExpression());
      case IdentifierTree name -> variables.named(frame, name);
      case MemberSelectTree select -> variables.selected(frame, select);
      case MethodInvocationTree call -> interpreter.calls().invoke(frame, call);
      case NewClassTree creation -> interpreter.creations().create(frame, creation);
      case NewArrayTree creation -> arrays.create(frame, creation);
      case ArrayAccessTree access -> arrays.read(frame, access);
      case AssignmentTree assignment -> assign(frame, assignment);
      case CompoundAssignmentTree assignment -> assign(frame, assignment);
      case UnaryTree unary -> unary(frame, unary);
      case BinaryTree binary -> binary(frame, binary);
      case ConditionalExpressionTree choice -> conditional(frame, choice);
      case TypeCastTree cast -> cast(frame, cast);
      case InstanceOfTree test -> interpreter.patterns().test(frame, test);
      case LambdaExpressionTree lambda -> interpreter.functions().lambda(frame, lambda);
      case MemberReferenceTree reference -> interpreter.functions().reference(frame, reference);
      case SwitchExpressionTree choice -> interpreter.switches().evaluate(frame, choice);
      default -> Special.UNKNOWN;
    };
  }

  /** The value of a condition, where it is known. */
  Optional<Boolean> condition(Frame frame, ExpressionTree tree) {
    return evaluate(frame, tree) instanceof Boolean known ? Optional.of(known) : Optional.empty();
  }

  private Object assign(Frame frame, AssignmentTree tree) {
    if (tree.getVariable() instanceof ArrayAccessTree access) {
      return arrays.write(frame, access, () -> evaluate(frame, tree.getExpression()));
    }
    Object value = evaluate(frame, tree.getExpression());
    return variables.assign(frame, tree.getVariable(), converted(frame, value, tree.getVariable()));
  }

  private Object assign(Frame frame, CompoundAssignmentTree tree) {
    Object old = evaluate(frame, tree.getVariable());
    Object operand = evaluate(frame, tree.getExpression());
    Object value = operate(operator(tree.getKind()), old, operand);
    return write(frame, tree.getVariable(), value);
  }

  private Object write(Frame frame, ExpressionTree variable, Object value) {
    Object converted = converted(frame, value, variable);
    return variable instanceof ArrayAccessTree access
        ? arrays.write(frame, access, () -> converted)
        : variables.assign(frame, variable, converted);
  }

  private Object converted(Frame frame, Object value, Tree variable) {
    return interpreter
        .sources()
        .typeOf(frame.unit(), variable)
        .map(type -> interpreter.converted(value, type))
        .orElse(value);
  }

  private static Tree.Kind operator(Tree.Kind assignment) {
    return Tree.Kind.valueOf(assignment.name().replace("_ASSIGNMENT", ""));
  }

  private Object unary(Frame frame, UnaryTree tree) {
    Tree.Kind kind = tree.getKind();
    Object old = evaluate(frame, tree.getExpression());
    return switch (kind) {
      case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT -> {
        boolean up = kind == Tree.Kind.PREFIX_INCREMENT || kind == Tree.Kind.POSTFIX_INCREMENT;
        boolean after = kind == Tree.Kind.POSTFIX_INCREMENT || kind == Tree.Kind.POSTFIX_DECREMENT;
        Object changed = operate(up ? Tree.Kind.PLUS : Tree.Kind.MINUS, old, 1);
        Object written = write(frame, tree.getExpression(), changed);
        yield after ? old : written;
      }
      default -> Special.isUnknown(old) ? old : Arithmetic.unary(kind, old);
    };
  }

  private Object binary(Frame frame, BinaryTree tree) {
    Object left = evaluate(frame, tree.getLeftOperand());
    boolean and = tree.getKind() == Tree.Kind.CONDITIONAL_AND;
    if (and || tree.getKind() == Tree.Kind.CONDITIONAL_OR) {
      return lazily(frame, and, left, tree.getRightOperand());
    }
    Object right = evaluate(frame, tree.getRightOperand());
    boolean equality =
        tree.getKind() == Tree.Kind.EQUAL_TO || tree.getKind() == Tree.Kind.NOT_EQUAL_TO;
    if (equality && areReferences(frame, tree)) {
      return identity(tree.getKind() == Tree.Kind.EQUAL_TO, left, right);
    }
    return operate(tree.getKind(), left, right);
  }

  private Object lazily(Frame frame, boolean and, Object left, ExpressionTree right) {
    if (left instanceof Boolean known) {
      return known == and ? evaluate(frame, right) : known;
    }
    Object value =
        interpreter.alternatives().choose(frame, List.of(() -> evaluate(frame, right), () -> !and));
    return value.equals(!and) ? value : Special.UNKNOWN;
  }

  private boolean areReferences(Frame frame, BinaryTree tree) {
    return isReference(frame, tree.getLeftOperand()) && isReference(frame, tree.getRightOperand());
  }

  private boolean isReference(Frame frame, Tree tree) {
    return interpreter
        .sources()
        .typeOf(frame.unit(), tree)
        .map(TypeMirror::getKind)
        .filter(kind -> !kind.isPrimitive())
        .isPresent();
  }

  /** Boxed numbers and texts have no identity that could be relied on. */
  private static Object identity(boolean equal, Object left, Object right) {
    if (Special.isUnknown(left) || Special.isUnknown(right)) {
      return Special.UNKNOWN;
    }
    if (left == right) {
      return equal;
    }
    boolean plain = left != Special.NULL && right != Special.NULL && left.equals(right);
    return plain ? Special.UNKNOWN : (Object) !equal;
  }

  private Object operate(Tree.Kind kind, Object left, Object right) {
    if (Special.isUnknown(left) || Special.isUnknown(right)) {
      return Special.UNKNOWN;
    }
    boolean text = left instanceof String || right instanceof String;
    if (kind == Tree.Kind.PLUS && text) {
      return Texts.joined(left, right);
    }
    return Arithmetic.binary(kind, left, right);
  }

  private Object conditional(Frame frame, ConditionalExpressionTree tree) {
    Optional<Boolean> known = condition(frame, tree.getCondition());
    Object value;
    if (known.isPresent()) {
      value = evaluate(frame, known.get() ? tree.getTrueExpression() : tree.getFalseExpression());
    } else {
      value =
          interpreter
              .alternatives()
              .choose(
                  frame,
                  List.of(
                      () -> evaluate(frame, tree.getTrueExpression()),
                      () -> evaluate(frame, tree.getFalseExpression())));
    }
    return converted(frame, value, tree);
  }

  private Object cast(Frame frame, TypeCastTree tree) {
    Object value = evaluate(frame, tree.getExpression());
    return interpreter
        .sources()
        .typeOf(frame.unit(), tree)
        .map(type -> interpreter.converted(value, type))
        .orElse(Special.UNKNOWN);
  }

  /** Whether a variable is a local one that a loop's body assigns. */
  Optional<Element> local(Frame frame, Tree tree) {
    return interpreter
        .sources()
        .element(frame.unit(), tree)
        .filter(VariableElement.class::isInstance)
        .filter(element -> !element.getKind().isField());
  }
}
