package dev.sardonyx.processor.follow;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.processor.model.Enclosing;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;

/** New objects: constructors and initializers of the source are interpreted. */
final class Creations {
  private final Interpreter interpreter;
  private final Map<Object, Made> made = new IdentityHashMap<>();

  /** How the source made an object of the library. */
  record Made(ExecutableElement constructor, List<Object> values, List<String> texts) {}

  Creations(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /** How an object was made, where the source did it. */
  Optional<Made> made(Object object) {
    return Optional.ofNullable(made.get(object));
  }

  Object create(Frame frame, NewClassTree tree) {
    Optional<Element> element = interpreter.sources().element(frame.unit(), tree);
    if (element.isEmpty() || !(element.get() instanceof ExecutableElement constructor)) {
      return Special.UNKNOWN;
    }
    Optional<Instance> outer = Optional.empty();
    if (tree.getEnclosingExpression() != null
        && interpreter.expressions().evaluate(frame, tree.getEnclosingExpression())
            instanceof Instance instance) {
      outer = Optional.of(instance);
    }
    List<Object> arguments = interpreter.arguments(frame, constructor, tree.getArguments());
    Object result = create(frame, tree, constructor, arguments, outer);
    if (!(result instanceof Special)) {
      List<String> texts =
          tree.getArguments().stream()
              .map(each -> interpreter.sources().text(frame.unit(), each))
              .toList();
      made.put(result, new Made(constructor, arguments, texts));
    }
    return result;
  }

  /** A new object by a constructor reference. */
  Object create(Frame frame, Tree tree, ExecutableElement constructor, List<Object> arguments) {
    return create(frame, tree, constructor, arguments, Optional.empty());
  }

  private Object create(
      Frame frame,
      Tree tree,
      ExecutableElement constructor,
      List<Object> arguments,
      Optional<Instance> around) {
    TypeElement type = Enclosing.type(constructor);
    if (interpreter.sources().type(type).isPresent()) {
      return instance(frame, type, constructor, arguments, around);
    }
    try {
      Object result = interpreter.library().construct(constructor, arguments);
      interpreter.noteUnknown(frame, tree, constructor, Special.NULL, arguments, result);
      return result;
    } catch (SardonyxException error) {
      return interpreter.failed(frame, tree, error, Special.NULL, arguments);
    }
  }

  private Object instance(
      Frame frame,
      TypeElement type,
      ExecutableElement constructor,
      List<Object> arguments,
      Optional<Instance> around) {
    if (!isOfSource(type)) {
      arguments.forEach(interpreter.library()::forget);
      return Special.UNKNOWN;
    }
    boolean local =
        type.getNestingKind() == NestingKind.LOCAL
            || type.getNestingKind() == NestingKind.ANONYMOUS;
    Optional<Instance> outer = around;
    if (outer.isEmpty() && !type.getModifiers().contains(Modifier.STATIC)) {
      outer = local ? frame.self() : enclosing(frame, type);
    }
    Instance instance = interpreter.newInstance(type, outer, local ? frame.locals() : Map.of());
    initial(instance, type);
    construct(instance, constructor, arguments);
    return instance;
  }

  private Optional<Instance> enclosing(Frame frame, TypeElement type) {
    return type.getEnclosingElement() instanceof TypeElement owner
        ? interpreter.around(frame.self(), owner)
        : Optional.empty();
  }

  /** Whether all of a class's code is here: what a superclass of elsewhere does is not followed. */
  private boolean isOfSource(TypeElement type) {
    TypeElement at = type;
    while (interpreter.sources().type(at).isPresent()) {
      if (!(at.getSuperclass() instanceof DeclaredType above)) {
        return true;
      }
      at = (TypeElement) above.asElement();
    }
    String name = at.getQualifiedName().toString();
    return List.of("java.lang.Object", "java.lang.Record", "java.lang.Enum").contains(name);
  }

  /** Fields before any constructor runs. */
  private void initial(Instance instance, TypeElement type) {
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      instance.set(field, interpreter.initial(field.asType()));
    }
    above(type).ifPresent(superclass -> initial(instance, superclass));
  }

  private Optional<TypeElement> above(TypeElement type) {
    return type.getSuperclass() instanceof DeclaredType superclass
        ? Optional.of((TypeElement) superclass.asElement())
            .filter(element -> interpreter.sources().type(element).isPresent())
        : Optional.empty();
  }

  private void construct(Instance instance, ExecutableElement constructor, List<Object> arguments) {
    TypeElement type = Enclosing.type(constructor);
    Optional<TreePath> source = interpreter.sources().method(constructor);
    if (source.isEmpty()) {
      superclass(instance, type);
      initialize(instance, type);
      components(instance, type, arguments);
      return;
    }
    MethodTree tree = (MethodTree) source.get().getLeaf();
    var frame =
        new Frame(source.get().getCompilationUnit(), Optional.of(instance), instance.captured());
    interpreter.calls().bind(frame, tree, arguments);
    if (tree.getBody().getStatements().stream().noneMatch(Creations::isConstructorCall)) {
      superclass(instance, type);
      initialize(instance, type);
    }
    interpreter
        .calls()
        .running(frame, () -> interpreter.statements().execute(frame, tree.getBody()));
    if (interpreter.isCompact(constructor)) {
      components(
          instance,
          type,
          tree.getParameters().stream()
              .map(each -> interpreter.sources().element(frame.unit(), each).orElseThrow())
              .map(frame::get)
              .toList());
    }
  }

  private static boolean isConstructorCall(StatementTree statement) {
    return statement instanceof ExpressionStatementTree expression
        && expression.getExpression() instanceof MethodInvocationTree call
        && isThisOrSuper(call.getMethodSelect());
  }

  private static boolean isThisOrSuper(ExpressionTree select) {
    return switch (select) {
      case IdentifierTree name ->
          name.getName().contentEquals("this") || name.getName().contentEquals("super");
      case MemberSelectTree member -> member.getIdentifier().contentEquals("super");
      default -> false;
    };
  }

  private void components(Instance instance, TypeElement type, List<Object> values) {
    if (type.getKind() != ElementKind.RECORD) {
      return;
    }
    List<VariableElement> fields =
        ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
            .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
            .toList();
    for (int i = 0; i < fields.size() && i < values.size(); i++) {
      VariableElement field = fields.get(i);
      interpreter
          .heap()
          .write(instance, field, interpreter.converted(values.get(i), field.asType()));
    }
  }

  private void superclass(Instance instance, TypeElement type) {
    above(type)
        .flatMap(
            superclass ->
                ElementFilter.constructorsIn(superclass.getEnclosedElements()).stream()
                    .filter(each -> each.getParameters().isEmpty())
                    .findFirst())
        .ifPresent(constructor -> construct(instance, constructor, List.of()));
  }

  /** A call of {@code this(...)} or {@code super(...)}. */
  void delegate(Frame frame, MethodInvocationTree tree, ExecutableElement constructor) {
    Instance self = frame.self().orElseThrow(() -> new Exhausted("a constructor without this"));
    List<Object> arguments = interpreter.arguments(frame, constructor, tree.getArguments());
    TypeElement type = Enclosing.type(constructor);
    boolean toSuper = !isNamed(tree.getMethodSelect(), "this");
    if (!toSuper || interpreter.sources().type(type).isPresent()) {
      construct(self, constructor, arguments);
    }
    if (toSuper) {
      caller(type, self).ifPresent(own -> initialize(self, own));
    }
  }

  private static boolean isNamed(ExpressionTree select, String name) {
    return select instanceof IdentifierTree identifier && identifier.getName().contentEquals(name);
  }

  /** The class whose constructor calls super's: the one directly below it. */
  private static Optional<TypeElement> caller(TypeElement superclass, Instance self) {
    TypeElement at = self.type();
    while (at.getSuperclass() instanceof DeclaredType above) {
      if (above.asElement().equals(superclass)) {
        return Optional.of(at);
      }
      at = (TypeElement) above.asElement();
    }
    return Optional.empty();
  }

  /** The initializers of a class, in order. */
  private void initialize(Instance instance, TypeElement type) {
    Optional<TreePath> source = interpreter.sources().type(type);
    if (source.isEmpty()) {
      return;
    }
    CompilationUnitTree unit = source.get().getCompilationUnit();
    var frame = new Frame(unit, Optional.of(instance), instance.captured());
    for (Tree member : ((ClassTree) source.get().getLeaf()).getMembers()) {
      switch (member) {
        case VariableTree field when !isStatic(field) -> initialize(frame, instance, field);
        case BlockTree block when !block.isStatic() ->
            interpreter
                .calls()
                .running(frame, () -> interpreter.statements().execute(frame, block));
        default -> {}
      }
    }
  }

  private static boolean isStatic(VariableTree field) {
    return field.getModifiers().getFlags().contains(Modifier.STATIC);
  }

  private void initialize(Frame frame, Instance instance, VariableTree tree) {
    if (tree.getInitializer() == null) {
      return;
    }
    Object value = interpreter.expressions().evaluate(frame, tree.getInitializer());
    interpreter
        .sources()
        .element(frame.unit(), tree)
        .ifPresent(
            field ->
                interpreter
                    .heap()
                    .write(instance, field, interpreter.converted(value, field.asType())));
  }
}
