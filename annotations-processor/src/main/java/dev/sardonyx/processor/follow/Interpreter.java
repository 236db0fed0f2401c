package dev.sardonyx.processor.follow;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.processor.model.Enclosing;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Interprets one model. What it cannot know it calls unknown, and it takes every path of which it
 * does not know whether it is taken.
 */
final class Interpreter {
  private static final int MOST_STEPS = 1_000_000;
  private static final int DEEPEST = 100;
  private static final int LONGEST_ARRAY = 1_000_000;

  private final Sources sources;
  private final Elements elements;
  private final Types types;
  private final Modules modules;
  private final KnownClasses classes;
  private final Heap heap = new Heap();
  private final Findings findings = new Findings();
  private final Chain chain = new Chain();
  private final ShapeRecorder recorder = new ShapeRecorder(chain);
  private final Values values = new Values(recorder);
  private final Library library;
  private final Alternatives alternatives = new Alternatives(heap, findings, values);
  private final Expressions expressions = new Expressions(this);
  private final Statements statements = new Statements(this);
  private final Loops loops = new Loops(this);
  private final Calls calls = new Calls(this);
  private final Creations creations = new Creations(this);
  private final Statics statics = new Statics(this);
  private final Functions functions = new Functions(this);
  private final Switches switches = new Switches(this);
  private final Patterns patterns = new Patterns(this);
  private final Map<Implementation, ExecutableElement> implementations = new HashMap<>();
  private final Rows rows;
  private final List<Instance> instances = new ArrayList<>();
  private final List<Finding> unknowns = new ArrayList<>();
  private int steps;
  private int depth;

  private record Implementation(TypeElement type, ExecutableElement method) {}

  /**
   * @param rows takes the types of expressions
   */
  Interpreter(Sources sources, Elements elements, Types types, Modules modules, Rows rows) {
    this.sources = sources;
    this.elements = elements;
    this.types = types;
    this.modules = modules;
    this.rows = rows;
    classes = new KnownClasses(elements, types);
    library = new Library(classes, heap);
  }

  Sources sources() {
    return sources;
  }

  KnownClasses classes() {
    return classes;
  }

  Heap heap() {
    return heap;
  }

  Findings findings() {
    return findings;
  }

  Chain chain() {
    return chain;
  }

  ShapeRecorder recorder() {
    return recorder;
  }

  Values values() {
    return values;
  }

  Library library() {
    return library;
  }

  Alternatives alternatives() {
    return alternatives;
  }

  Expressions expressions() {
    return expressions;
  }

  Statements statements() {
    return statements;
  }

  Calls calls() {
    return calls;
  }

  Creations creations() {
    return creations;
  }

  Statics statics() {
    return statics;
  }

  Functions functions() {
    return functions;
  }

  Switches switches() {
    return switches;
  }

  Patterns patterns() {
    return patterns;
  }

  Set<Element> assigned(Frame frame, Tree tree) {
    return loops.assigned(frame, tree);
  }

  /** Counts a step. Errors: {@link Exhausted} after very many. */
  void step() {
    if (++steps > MOST_STEPS) {
      throw new Exhausted("it takes more than " + MOST_STEPS + " steps");
    }
  }

  /** A call begins. Errors: {@link Exhausted} where calls are very deep. */
  void enter() {
    if (++depth > DEEPEST) {
      throw new Exhausted("its calls are more than " + DEEPEST + " deep");
    }
    chain.enter();
  }

  /** A call is over. */
  void leave() {
    depth--;
    chain.leave();
  }

  /** Notes the type of an expression. */
  void report(Frame frame, ExpressionTree tree, Tensor tensor) {
    rows.add(frame, tree, tensor);
  }

  /** The values of a call's arguments, those of variable arity in an array. */
  List<Object> arguments(
      Frame frame, ExecutableElement method, List<? extends ExpressionTree> trees) {
    List<Object> given = trees.stream().map(tree -> expressions.evaluate(frame, tree)).toList();
    return method.isVarArgs() && !isPacked(frame, method, trees) ? packed(method, given) : given;
  }

  private boolean isPacked(
      Frame frame, ExecutableElement method, List<? extends ExpressionTree> trees) {
    return trees.size() == method.getParameters().size()
        && sources
            .typeOf(frame.unit(), trees.getLast())
            .map(TypeMirror::getKind)
            .filter(kind -> kind == TypeKind.ARRAY || kind == TypeKind.NULL)
            .isPresent();
  }

  /** Arguments with those of variable arity in an array. */
  List<Object> packed(ExecutableElement method, List<Object> given) {
    int fixed = method.getParameters().size() - 1;
    TypeMirror rest = method.getParameters().get(fixed).asType();
    List<Object> result = new ArrayList<>(given.subList(0, fixed));
    result.add(array(component(rest), given.subList(fixed, given.size())));
    return result;
  }

  /** The class of an array's elements; Object where it is one of the source. */
  Class<?> component(TypeMirror array) {
    return classes.of(((ArrayType) types.erasure(array)).getComponentType()).orElse(Object.class);
  }

  /** A new array of a length; unknown where that is, or where it is huge. */
  Object array(TypeMirror type, Object length) {
    return length instanceof Integer size && size >= 0 && size <= LONGEST_ARRAY
        ? Array.newInstance(component(type), size)
        : Special.UNKNOWN;
  }

  /** An array of these elements. */
  Object array(Class<?> component, List<Object> elements) {
    boolean fits =
        component.isPrimitive()
            || elements.stream()
                .allMatch(each -> each == Special.NULL || component.isInstance(each));
    Object array = Array.newInstance(fits ? component : Object.class, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      store(array, i, elements.get(i));
    }
    return array;
  }

  /** Writes an element; an array that cannot take it is not known any more. */
  void store(Object array, int index, Object value) {
    if (index < 0 || index >= Array.getLength(array)) {
      throw new Thrown();
    }
    Class<?> type = array.getClass().getComponentType();
    if (type.isPrimitive() ? Special.isUnknown(value) : !isElement(type, value)) {
      heap.spoil(array);
    } else if (type.isPrimitive()) {
      Array.set(array, index, Arithmetic.converted(value, kind(type)));
    } else {
      Array.set(array, index, value == Special.NULL ? null : value);
    }
  }

  private static boolean isElement(Class<?> type, Object value) {
    return value == Special.NULL || type.isInstance(value);
  }

  private static TypeKind kind(Class<?> primitive) {
    return TypeKind.valueOf(primitive.getName().toUpperCase(java.util.Locale.ROOT));
  }

  /** What a field of a type holds at first. */
  Object initial(TypeMirror type) {
    return switch (type.getKind()) {
      case BOOLEAN -> false;
      case INT, LONG, DOUBLE, FLOAT, SHORT, BYTE, CHAR -> Arithmetic.converted(0, type.getKind());
      default -> Special.NULL;
    };
  }

  /** A value as a variable of a type holds it. */
  Object converted(Object value, TypeMirror type) {
    if (!type.getKind().isPrimitive() || Special.isUnknown(value)) {
      return value;
    }
    if (value == Special.NULL) {
      throw new Thrown();
    }
    return Arithmetic.converted(value, type.getKind());
  }

  /** A value as an expression's type holds it. */
  Object converted(Object value, Frame frame, ExpressionTree tree) {
    return sources
        .typeOf(frame.unit(), tree)
        .filter(type -> type.getKind().isPrimitive())
        .map(type -> converted(value, type))
        .orElse(value);
  }

  /** Whether a type is another one or below it. */
  boolean isSubtype(TypeMirror type, TypeMirror above) {
    return types.isSubtype(types.erasure(type), types.erasure(above));
  }

  /** Whether a record's fields are assigned from a constructor's parameters after its body. */
  boolean isCompact(ExecutableElement constructor) {
    boolean written = elements.getOrigin(constructor) == Elements.Origin.EXPLICIT;
    return elements.isCompactConstructor(constructor)
        || (elements.isCanonicalConstructor(constructor) && !written);
  }

  /** An instance or the nearest one around it that is of a class. */
  Optional<Instance> around(Optional<Instance> self, TypeElement owner) {
    Optional<Instance> at = self;
    while (at.isPresent() && !isSubtype(at.get().type().asType(), owner.asType())) {
      at = at.get().outer();
    }
    return at;
  }

  /** The method that runs when one is called on an object of a class. */
  ExecutableElement implementation(TypeElement type, ExecutableElement method) {
    return implementations.computeIfAbsent(
        new Implementation(type, method), key -> find(key.type(), key.method()));
  }

  private ExecutableElement find(TypeElement type, ExecutableElement method) {
    TypeElement at = type;
    while (true) {
      for (ExecutableElement own : ElementFilter.methodsIn(at.getEnclosedElements())) {
        if (own.equals(method) || elements.overrides(own, method, type)) {
          return own;
        }
      }
      if (!(at.getSuperclass() instanceof DeclaredType above)) {
        return fromInterfaces(type, method);
      }
      at = (TypeElement) above.asElement();
    }
  }

  private ExecutableElement fromInterfaces(TypeElement type, ExecutableElement method) {
    return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(each -> elements.overrides(each, method, type))
        .findFirst()
        .orElse(method);
  }

  /** A new object of a class of the source. */
  Instance newInstance(TypeElement type, Optional<Instance> outer, Map<Element, Object> captured) {
    Instance instance =
        modules.isModule(type)
            ? new ModuleInstance(type, outer, captured, modules.behaviour(this))
            : new Instance(type, outer, captured);
    instances.add(instance);
    return instance;
  }

  /** Forgets the fields that methods may have changed since the objects were made. */
  void forgetReassigned() {
    Set<Element> reassigned = sources.reassigned();
    for (Instance instance : instances) {
      instance.fields().keySet().stream()
          .filter(reassigned::contains)
          .forEach(field -> instance.set(field, Special.UNKNOWN));
    }
  }

  /** Forgets whatever code that is not followed may change. */
  void forgetAll() {
    List.copyOf(instances).forEach(library::forget);
  }

  /** Notes where something becomes unknown that was computed from what is known. */
  void noteUnknown(
      Frame frame,
      Tree tree,
      ExecutableElement method,
      Object receiver,
      List<Object> arguments,
      Object result) {
    boolean origin =
        Special.isUnknown(result)
            && unknowns.stream().noneMatch(known -> known.tree() == tree)
            && !Special.isUnknown(receiver)
            && arguments.stream().noneMatch(Spoiling::holdsUnknown);
    if (origin) {
      String name = Enclosing.type(method).getSimpleName() + "." + method;
      unknowns.add(new Finding(frame.unit(), tree, "what " + name + " gives is not known here"));
    }
  }

  /** Where something became unknown. */
  List<Finding> unknowns() {
    return List.copyOf(unknowns);
  }

  /** A call of the library that failed: a mistake of the model where it is one for certain. */
  Object failed(
      Frame frame, Tree tree, SardonyxException error, Object receiver, List<Object> arguments) {
    var mistake = new Mistake(this, frame, tree, error, receiver, arguments);
    mistake.finding().ifPresent(findings::add);
    return Special.UNKNOWN;
  }
}
