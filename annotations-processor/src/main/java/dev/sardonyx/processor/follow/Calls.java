package dev.sardonyx.processor.follow;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.processor.model.Enclosing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;

/** Calls of methods: those of the source are interpreted, those of the library are made. */
final class Calls {
  private final Interpreter interpreter;

  Calls(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Object invoke(Frame frame, MethodInvocationTree tree) {
    Optional<Element> element = interpreter.sources().element(frame.unit(), tree.getMethodSelect());
    if (element.isEmpty() || !(element.get() instanceof ExecutableElement method)) {
      return Special.UNKNOWN;
    }
    if (method.getKind() == ElementKind.CONSTRUCTOR) {
      interpreter.creations().delegate(frame, tree, method);
      return Special.NULL;
    }
    Object receiver = receiver(frame, tree.getMethodSelect(), method);
    List<Object> arguments = interpreter.arguments(frame, method, tree.getArguments());
    boolean virtual = !isOnSuper(tree.getMethodSelect());
    return interpreter.converted(
        call(frame, tree, method, receiver, arguments, virtual), frame, tree);
  }

  private Object receiver(Frame frame, ExpressionTree select, ExecutableElement method) {
    if (method.getModifiers().contains(Modifier.STATIC)) {
      return Special.NULL;
    }
    if (isOnSuper(select)) {
      return self(frame, Enclosing.type(method));
    }
    return select instanceof MemberSelectTree member
        ? interpreter.expressions().evaluate(frame, member.getExpression())
        : self(frame, Enclosing.type(method));
  }

  private Object self(Frame frame, TypeElement owner) {
    return interpreter
        .around(frame.self(), owner)
        .<Object>map(instance -> instance)
        .orElse(Special.UNKNOWN);
  }

  /** Both {@code super.f()} and {@code Interface.super.f()}. */
  private static boolean isOnSuper(ExpressionTree select) {
    return select instanceof MemberSelectTree member
        && switch (member.getExpression()) {
          case IdentifierTree name -> name.getName().contentEquals("super");
          case MemberSelectTree inner -> inner.getIdentifier().contentEquals("super");
          default -> false;
        };
  }

  /**
   * The result of a method.
   *
   * @param receiver null's stand-in for a static method
   * @param virtual whether the receiver's class may override it
   */
  Object call(
      Frame frame,
      Tree tree,
      ExecutableElement method,
      Object receiver,
      List<Object> arguments,
      boolean virtual) {
    boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
    if (receiver == Special.NULL && !isStatic) {
      throw new Thrown();
    }
    return switch (receiver) {
      case FunctionValue function ->
          method.getModifiers().contains(Modifier.ABSTRACT)
              ? function.call(arguments)
              : interpreter.library().callDefault(method, function, arguments);
      case Instance instance ->
          ofInstance(
              frame,
              tree,
              virtual ? interpreter.implementation(instance.type(), method) : method,
              instance,
              arguments);
      default -> {
        Optional<TreePath> source =
            isStatic ? interpreter.sources().method(method) : Optional.empty();
        yield source.isPresent()
            ? run(source.get(), method, Optional.empty(), arguments)
            : elsewhere(frame, tree, method, receiver, arguments);
      }
    };
  }

  private Object elsewhere(
      Frame frame, Tree tree, ExecutableElement method, Object receiver, List<Object> arguments) {
    TypeElement owner = Enclosing.type(method);
    boolean ofSource = interpreter.sources().type(owner).isPresent();
    if (ofSource && owner.getKind() == ElementKind.ENUM && receiver == Special.NULL) {
      return interpreter.statics().ofEnum(owner, method.getSimpleName().toString(), arguments);
    }
    if (ofSource) {
      interpreter.forgetAll(); // some object's method, and it may change any other
    }
    return library(frame, tree, method, receiver, arguments);
  }

  private Object ofInstance(
      Frame frame, Tree tree, ExecutableElement method, Instance instance, List<Object> arguments) {
    Optional<TreePath> source = interpreter.sources().method(method);
    if (source.isPresent()) {
      return run(source.get(), method, Optional.of(instance), arguments);
    }
    Optional<? extends RecordComponentElement> component =
        instance.type().getRecordComponents().stream()
            .filter(each -> method.equals(each.getAccessor()))
            .findFirst();
    if (component.isPresent()) {
      return component(instance, component.get());
    }
    String name = method.getSimpleName().toString();
    if (instance.type().getKind() == ElementKind.ENUM
        || interpreter.statics().isConstant(instance)) {
      return interpreter.statics().ofConstant(instance, name);
    }
    if (instance instanceof NnModule) {
      return library(frame, tree, method, instance, arguments);
    }
    interpreter.library().forget(instance);
    arguments.forEach(interpreter.library()::forget);
    return Special.UNKNOWN;
  }

  /** A component of a record, by its accessor if that is written out. */
  Object component(Instance instance, RecordComponentElement component) {
    Optional<TreePath> source = interpreter.sources().method(component.getAccessor());
    if (source.isPresent()) {
      return run(source.get(), component.getAccessor(), Optional.of(instance), List.of());
    }
    return instance.type().getEnclosedElements().stream()
        .filter(each -> each.getKind() == ElementKind.FIELD)
        .filter(each -> each.getSimpleName().equals(component.getSimpleName()))
        .map(instance::get)
        .findFirst()
        .orElse(Special.UNKNOWN);
  }

  private Object run(
      TreePath source, ExecutableElement method, Optional<Instance> self, List<Object> arguments) {
    MethodTree tree = (MethodTree) source.getLeaf();
    var frame =
        new Frame(
            source.getCompilationUnit(), self, self.map(Instance::captured).orElseGet(Map::of));
    bind(frame, tree, arguments);
    Object result = running(frame, () -> interpreter.statements().execute(frame, tree.getBody()));
    String name = method.getSimpleName().toString();
    String label =
        self.map(interpreter.recorder()::label).filter(text -> !text.isEmpty()).orElse(name);
    made(result, label, Special.NULL, arguments);
    return interpreter.converted(result, method.getReturnType());
  }

  /** Gives parameters their values. */
  void bind(Frame frame, MethodTree tree, List<Object> arguments) {
    for (int i = 0; i < tree.getParameters().size(); i++) {
      VariableTree parameter = tree.getParameters().get(i);
      Object argument = i < arguments.size() ? arguments.get(i) : Special.UNKNOWN;
      interpreter
          .sources()
          .element(frame.unit(), parameter)
          .ifPresent(local -> frame.set(local, interpreter.converted(argument, local.asType())));
    }
  }

  /** What a body returns on the paths that return. Errors: {@link Thrown} where none does. */
  Object running(Frame frame, Supplier<Completion> body) {
    interpreter.enter();
    Completion end;
    try {
      end = body.get();
    } catch (Thrown thrown) {
      end = new Completion.Throw();
    } finally {
      interpreter.leave();
    }
    List<Object> results = new ArrayList<>(interpreter.alternatives().closeEarly(frame, 0));
    switch (end) {
      case Completion.Return(Object value) -> results.add(value);
      case Completion.Throw _ -> {
        if (results.isEmpty()) {
          throw new Thrown();
        }
      }
      default -> results.add(Special.UNKNOWN);
    }
    return interpreter.values().common(results);
  }

  private Object library(
      Frame frame, Tree tree, ExecutableElement method, Object receiver, List<Object> arguments) {
    try {
      Object result = interpreter.library().call(method, receiver, arguments);
      String name = method.getSimpleName().toString();
      String label =
          receiver instanceof NnModule && tree instanceof MethodInvocationTree call
              ? interpreter.sources().receiver(frame.unit(), call)
              : name;
      made(result, label, receiver, arguments);
      interpreter.noteUnknown(frame, tree, method, receiver, arguments, result);
      return result;
    } catch (SardonyxException error) {
      return interpreter.failed(frame, tree, error, receiver, arguments);
    }
  }

  private void made(Object result, String label, Object receiver, List<Object> arguments) {
    List<Object> operands = new ArrayList<>(List.of(receiver));
    operands.addAll(arguments);
    Optional<Tensor> source = operands.stream().flatMap(each -> tensors(each).stream()).findFirst();
    source.ifPresent(
        from -> tensors(result).forEach(each -> interpreter.chain().made(each, label, from)));
  }

  private static List<Tensor> tensors(Object value) {
    return switch (value) {
      case Tensor tensor -> List.of(tensor);
      case List<?> list ->
          list.stream().filter(Tensor.class::isInstance).map(Tensor.class::cast).toList();
      case Instance instance when !(instance instanceof NnModule) ->
          instance.fields().values().stream()
              .filter(Tensor.class::isInstance)
              .map(Tensor.class::cast)
              .toList();
      default -> List.of();
    };
  }
}
