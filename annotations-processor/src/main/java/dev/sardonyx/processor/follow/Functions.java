package dev.sardonyx.processor.follow;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Lambdas and method references. */
final class Functions {
  private final Interpreter interpreter;

  Functions(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Object lambda(Frame frame, LambdaExpressionTree tree) {
    Map<Element, Object> captured = frame.locals();
    return value(
        frame,
        tree,
        arguments -> {
          var inner = new Frame(frame.unit(), frame.self(), captured);
          for (int i = 0; i < tree.getParameters().size(); i++) {
            VariableTree parameter = tree.getParameters().get(i);
            Object argument = arguments.get(i);
            interpreter
                .sources()
                .element(frame.unit(), parameter)
                .ifPresent(local -> inner.set(local, argument));
          }
          return body(inner, tree.getBody());
        });
  }

  private Object body(Frame inner, Tree body) {
    return body instanceof ExpressionTree expression
        ? interpreter.calls().running(inner, () -> evaluated(inner, expression))
        : interpreter
            .calls()
            .running(inner, () -> interpreter.statements().execute(inner, (StatementTree) body));
  }

  private Completion evaluated(Frame inner, ExpressionTree expression) {
    return new Completion.Return(interpreter.expressions().evaluate(inner, expression));
  }

  private Object value(Frame frame, Tree tree, Function<List<Object>, Object> body) {
    List<Object> captured = new ArrayList<>(frame.locals().values());
    frame.self().ifPresent(captured::add);
    return interpreter
        .sources()
        .typeOf(frame.unit(), tree)
        .filter(DeclaredType.class::isInstance)
        .map(type -> (TypeElement) ((DeclaredType) type).asElement())
        .<Object>map(type -> new FunctionValue(type, body, captured))
        .orElse(Special.UNKNOWN);
  }

  Object reference(Frame frame, MemberReferenceTree tree) {
    Optional<Element> element = interpreter.sources().element(frame.unit(), tree);
    if (element.isEmpty() || !(element.get() instanceof ExecutableElement method)) {
      return Special.UNKNOWN;
    }
    if (method.getKind() == ElementKind.CONSTRUCTOR) {
      return value(frame, tree, arguments -> created(frame, tree, method, arguments));
    }
    if (method.getModifiers().contains(Modifier.STATIC)) {
      return value(frame, tree, given -> called(frame, tree, method, Special.NULL, given));
    }
    if (isType(frame, tree.getQualifierExpression())) {
      return value(
          frame,
          tree,
          given -> called(frame, tree, method, given.getFirst(), given.subList(1, given.size())));
    }
    Object receiver = interpreter.expressions().evaluate(frame, tree.getQualifierExpression());
    return value(frame, tree, given -> called(frame, tree, method, receiver, given));
  }

  private Object created(
      Frame frame, MemberReferenceTree tree, ExecutableElement constructor, List<Object> given) {
    Optional<TypeMirror> array =
        interpreter
            .sources()
            .typeOf(frame.unit(), tree.getQualifierExpression())
            .filter(type -> type.getKind() == TypeKind.ARRAY);
    return array.isPresent()
        ? interpreter.array(array.get(), given.getFirst())
        : interpreter.creations().create(frame, tree, constructor, spread(constructor, given));
  }

  private Object called(
      Frame frame,
      MemberReferenceTree tree,
      ExecutableElement method,
      Object receiver,
      List<Object> given) {
    return interpreter.calls().call(frame, tree, method, receiver, spread(method, given), true);
  }

  /** A method of variable arity takes what it is given one by one. */
  private List<Object> spread(ExecutableElement method, List<Object> given) {
    return method.isVarArgs() ? interpreter.packed(method, given) : given;
  }

  private boolean isType(Frame frame, ExpressionTree qualifier) {
    return interpreter
        .sources()
        .element(frame.unit(), qualifier)
        .filter(TypeElement.class::isInstance)
        .isPresent();
  }
}
