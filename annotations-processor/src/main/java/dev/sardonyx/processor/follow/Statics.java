package dev.sardonyx.processor.follow;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.sardonyx.processor.model.Enclosing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Static fields: those that cannot change are known, the constants of enums among them. */
final class Statics {
  private final Interpreter interpreter;
  private final Set<TypeElement> begun = new HashSet<>();
  private final Map<Element, Object> values = new HashMap<>();
  private final Map<Object, VariableElement> constants = new IdentityHashMap<>();

  Statics(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Object get(VariableElement field) {
    TypeElement owner = Enclosing.type(field);
    Optional<TreePath> source = interpreter.sources().type(owner);
    if (source.isEmpty()) {
      return interpreter.library().constant(field);
    }
    if (begun.add(owner)) {
      initialize(source.get());
    }
    return field.getModifiers().contains(Modifier.FINAL)
        ? values.getOrDefault(field, Special.UNKNOWN)
        : Special.UNKNOWN;
  }

  void set(VariableElement field, Object value) {
    values.put(field, value);
  }

  private void initialize(TreePath source) {
    var frame = new Frame(source.getCompilationUnit(), Optional.empty(), Map.of());
    for (Tree member : ((ClassTree) source.getLeaf()).getMembers()) {
      switch (member) {
        case VariableTree field when field.getInitializer() != null -> initialize(frame, field);
        case BlockTree block when block.isStatic() ->
            interpreter
                .calls()
                .running(frame, () -> interpreter.statements().execute(frame, block));
        default -> {}
      }
    }
  }

  private void initialize(Frame frame, VariableTree tree) {
    Optional<Element> element = interpreter.sources().element(frame.unit(), tree);
    if (element.isEmpty()
        || !(element.get() instanceof VariableElement field)
        || !field.getModifiers().contains(Modifier.STATIC)) {
      return;
    }
    Object value = interpreter.expressions().evaluate(frame, tree.getInitializer());
    values.put(field, interpreter.converted(value, field.asType()));
    if (field.getKind() == ElementKind.ENUM_CONSTANT) {
      constants.put(value, field);
    }
  }

  /** Whether an object is a constant of an enum. */
  boolean isConstant(Instance instance) {
    return constants.containsKey(instance);
  }

  /** The name of a constant of an enum. */
  Optional<String> constantName(Instance instance) {
    return Optional.ofNullable(constants.get(instance))
        .map(field -> field.getSimpleName().toString());
  }

  /** What the methods that every enum has give. */
  Object ofConstant(Instance instance, String method) {
    Optional<VariableElement> field = Optional.ofNullable(constants.get(instance));
    return switch (method) {
      case "name", "toString" ->
          field.<Object>map(it -> it.getSimpleName().toString()).orElse(Special.UNKNOWN);
      case "ordinal" -> field.<Object>map(Statics::ordinal).orElse(Special.UNKNOWN);
      default -> Special.UNKNOWN;
    };
  }

  private static int ordinal(VariableElement field) {
    return constantsOf(Enclosing.type(field)).indexOf(field);
  }

  private static List<Element> constantsOf(TypeElement type) {
    List<Element> all = new ArrayList<>(type.getEnclosedElements());
    all.removeIf(element -> element.getKind() != ElementKind.ENUM_CONSTANT);
    return all;
  }

  /** What the static methods that every enum of the source has give; unknown for others. */
  Object ofEnum(TypeElement type, String method, List<Object> arguments) {
    return switch (method) {
      case "values" ->
          constantsOf(type).stream().map(each -> get((VariableElement) each)).toArray();
      case "valueOf" ->
          constantsOf(type).stream()
              .filter(each -> arguments.contains(each.getSimpleName().toString()))
              .map(each -> get((VariableElement) each))
              .findFirst()
              .orElse(Special.UNKNOWN);
      default -> Special.UNKNOWN;
    };
  }
}
