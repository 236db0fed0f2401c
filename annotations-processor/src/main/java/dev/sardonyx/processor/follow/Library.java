package dev.sardonyx.processor.follow;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.processor.model.Enclosing;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods of {@link KnownClasses} with the interpreter's values. This is the one place of the
 * product that uses reflection: javac has resolved which method a call means, and here it is
 * called.
 */
final class Library {
  private static final Set<String> ORDERED =
      Set.of("get", "getOrDefault", "containsKey", "contains", "size", "isEmpty");

  /** Their results depend on more than their arguments. */
  private static final Set<String> REFUSED =
      Set.of(
          "hashCode",
          "getClass",
          "getInteger",
          "getLong",
          "getBoolean",
          "shuffle",
          "parallelStream",
          "isTraining",
          "manualSeed",
          "random",
          "hash",
          "toIdentityString",
          "wait",
          "notify",
          "notifyAll");

  private static final int LONGEST_TEXT = 100_000;

  /** Larger tensors have no data in an outline. */
  private static final int LARGE = 64;

  private final KnownClasses classes;
  private final Heap heap;
  private final Map<ExecutableElement, Optional<Executable>> executables = new HashMap<>();

  Library(KnownClasses classes, Heap heap) {
    this.classes = classes;
    this.heap = heap;
  }

  /**
   * The result of a method; unknown where the method is, or what it needs.
   *
   * @param receiver null's stand-in for static methods
   * @throws SardonyxException as the method does
   */
  Object call(ExecutableElement method, Object receiver, List<Object> arguments) {
    String name = method.getSimpleName().toString();
    Optional<Executable> target = executable(method);
    if (target.isEmpty() || !isPossible(method, receiver, arguments)) {
      spoil(method, receiver, arguments);
      return Special.UNKNOWN;
    }
    Method found = (Method) target.get();
    Optional<Object> self = adapted(receiver, found.getDeclaringClass());
    Optional<Object[]> given = adapted(arguments, found.getParameterTypes());
    if (given.isEmpty() || self.isEmpty()) {
      spoil(method, receiver, arguments);
      return Special.UNKNOWN;
    }
    Object result = run(() -> found.invoke(unwrapped(self.get()), given.get()));
    return Certainty.of(name, receiver, arguments, result);
  }

  /** A new object. Errors: as above. */
  Object construct(ExecutableElement constructor, List<Object> arguments) {
    Optional<Executable> target = executable(constructor);
    if (target.isEmpty() || !isPossible(constructor, Special.NULL, arguments)) {
      spoil(constructor, Special.NULL, arguments);
      return Special.UNKNOWN;
    }
    Constructor<?> found = (Constructor<?>) target.get();
    Optional<Object[]> given = adapted(arguments, found.getParameterTypes());
    return given.isEmpty() ? Special.UNKNOWN : run(() -> found.newInstance(given.get()));
  }

  /** The value of a static field that does not change. */
  Object constant(VariableElement field) {
    Optional<Class<?>> owner = classes.of(Enclosing.type(field));
    if (owner.isEmpty() || !field.getModifiers().contains(Modifier.FINAL)) {
      return Special.UNKNOWN;
    }
    return run(
        () -> {
          Field found = owner.get().getField(field.getSimpleName().toString());
          return found.get(null);
        });
  }

  private boolean isPossible(ExecutableElement method, Object receiver, List<Object> arguments) {
    String name = method.getSimpleName().toString();
    if (REFUSED.contains(name) || Special.isUnknown(receiver) || heap.isSpoiled(receiver)) {
      return false;
    }
    boolean known =
        (isOfJdk(method) && Spoiling.keeps(receiver, name))
            || (arguments.stream().noneMatch(Spoiling::holdsUnknown)
                && !(Spoiling.holdsUnknown(receiver) && Spoiling.looks(name)));
    boolean spoiled =
        arguments.stream().anyMatch(each -> heap.isSpoiled(each) && !isData(receiver, each));
    boolean ordered =
        (!Spoiling.isUnordered(receiver) || ORDERED.contains(name))
            && arguments.stream().noneMatch(Spoiling::isUnordered);
    boolean undoable = !heap.isSpeculative() || !Spoiling.changes(receiver, name);
    boolean small = arguments.stream().noneMatch(Library::isHuge);
    return known
        && !spoiled
        && ordered
        && undoable
        && small
        && !Certainty.isOpen(name, receiver, arguments);
  }

  private static boolean isOfJdk(ExecutableElement method) {
    return Enclosing.type(method).toString().startsWith("java.");
  }

  /** Many floats make a tensor of their number, whatever they are. */
  private static boolean isData(Object receiver, Object argument) {
    return receiver == Special.NULL
        && (argument instanceof float[] floats && floats.length > LARGE
            || argument instanceof double[] doubles && doubles.length > LARGE);
  }

  private static boolean isHuge(Object argument) {
    return argument instanceof String text && text.length() > LONGEST_TEXT;
  }

  /** After a call that was not made, nothing is known of what it may have changed. */
  private void spoil(ExecutableElement method, Object receiver, List<Object> arguments) {
    String name = method.getSimpleName().toString();
    if (Spoiling.changes(receiver, name)) {
      Spoiling.parts(receiver).forEach(heap::spoil);
    }
    if (!(Spoiling.isMutable(receiver) && Spoiling.isReading(name))) {
      forget(receiver);
    }
    // The JDK does not know modules, and cannot change any but through what is given to call.
    boolean jdk = isOfJdk(method);
    arguments.stream().filter(each -> !jdk || !(each instanceof NnModule)).forEach(this::forget);
  }

  /** Says that an object may have been changed by code that is not followed. */
  void forget(Object object) {
    forget(object, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private void forget(Object object, Set<Object> seen) {
    if (object instanceof Special || !seen.add(object)) {
      return;
    }
    switch (object) {
      case FunctionValue function -> function.captured().forEach(each -> forget(each, seen));
      case Instance instance -> forgetFields(instance, seen);
      default -> {
        if (Spoiling.isMutable(object)) {
          heap.spoil(object);
        }
      }
    }
  }

  private void forgetFields(Instance instance, Set<Object> seen) {
    instance
        .fields()
        .forEach(
            (field, value) -> {
              forget(value, seen);
              if (!field.getModifiers().contains(Modifier.FINAL)) {
                heap.write(instance, field, Special.UNKNOWN);
              }
            });
  }

  private Optional<Executable> executable(ExecutableElement element) {
    return executables.computeIfAbsent(element, this::find);
  }

  private Optional<Executable> find(ExecutableElement element) {
    Optional<Class<?>> owner = classes.of(Enclosing.type(element));
    List<Optional<Class<?>>> parameters =
        element.getParameters().stream().map(each -> classes.of(each.asType())).toList();
    if (owner.isEmpty() || parameters.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    Class<?>[] types = parameters.stream().map(Optional::orElseThrow).toArray(Class<?>[]::new);
    String name = element.getSimpleName().toString();
    try {
      Executable found =
          name.equals("<init>")
              ? owner.get().getDeclaredConstructor(types)
              : owner.get().getDeclaredMethod(name, types);
      boolean reachable =
          java.lang.reflect.Modifier.isPublic(found.getModifiers())
              && (java.lang.reflect.Modifier.isPublic(owner.get().getModifiers())
                  || found.trySetAccessible());
      return reachable ? Optional.of(found) : Optional.empty();
    } catch (NoSuchMethodException otherVersion) {
      return Optional.empty();
    }
  }

  /** What reflection throws, besides what the called method does. */
  @FunctionalInterface
  private interface Call {
    @Nullable Object run()
        throws IllegalAccessException,
            InstantiationException,
            InvocationTargetException,
            NoSuchFieldException;
  }

  private static Object run(Call call) {
    try {
      Object result = call.run();
      return result == null ? Special.NULL : result;
    } catch (InvocationTargetException failure) {
      return failed(failure.getCause());
    } catch (IllegalAccessException
        | InstantiationException
        | NoSuchFieldException
        | IllegalArgumentException
        | NullPointerException unfit) {
      return Special.UNKNOWN;
    }
  }

  private static Object failed(@Nullable Throwable cause) {
    return switch (cause) {
      case null -> Special.UNKNOWN;
      case SardonyxException error -> throw error;
      case Thrown thrown -> throw thrown;
      case Exhausted exhausted -> throw exhausted;
      case Error tooMuch -> throw new Exhausted(tooMuch.toString());
      default -> Special.UNKNOWN;
    };
  }

  private static @Nullable Object unwrapped(Object value) {
    return value == Special.NULL ? null : value;
  }

  private Optional<Object[]> adapted(List<Object> arguments, Class<?>[] types) {
    if (arguments.size() != types.length) {
      return Optional.empty();
    }
    @Nullable Object[] result = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      Optional<Object> adapted = adapted(arguments.get(i), types[i]);
      if (adapted.isEmpty()) {
        return Optional.empty();
      }
      result[i] = unwrapped(adapted.get());
    }
    return Optional.of(result);
  }

  /** A value as a parameter of a type takes it; empty where it cannot be. */
  private Optional<Object> adapted(Object value, Class<?> type) {
    if (value == Special.NULL || type.isPrimitive() || type.isInstance(value)) {
      return Optional.of(value);
    }
    if (value instanceof FunctionValue function && type.isInterface()) {
      return Optional.of(proxy(type, (_, arguments) -> function.call(arguments)));
    }
    if (value instanceof Object[] array && type.isArray()) {
      return Optional.ofNullable(copied(array, type.getComponentType()));
    }
    return Optional.empty();
  }

  private static @Nullable Object copied(Object[] array, Class<?> type) {
    if (type.isPrimitive() || !Arrays.stream(array).allMatch(type::isInstance)) {
      return null;
    }
    Object copy = Array.newInstance(type, array.length);
    System.arraycopy(array, 0, copy, 0, array.length);
    return copy;
  }

  /** What an interpreted object does when library code calls a method of its interface. */
  @FunctionalInterface
  interface Behaviour {
    Object call(String method, List<Object> arguments);
  }

  /** An object of an interface, for library code, whose abstract methods are interpreted. */
  static Object proxy(Class<?> type, Behaviour behaviour) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          Object[] given = arguments == null ? new Object[0] : arguments;
          if (method.getDeclaringClass() == Object.class) {
            return ofObject(self, method.getName(), given);
          }
          if (method.isDefault()) {
            return InvocationHandler.invokeDefault(self, method, given);
          }
          List<Object> values =
              Arrays.stream(given).<Object>map(each -> each == null ? Special.NULL : each).toList();
          return returned(behaviour.call(method.getName(), values), method.getReturnType());
        };
    return Proxy.newProxyInstance(Library.class.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private static Object ofObject(Object self, String method, Object[] arguments) {
    return switch (method) {
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> self.getClass().getName();
    };
  }

  private static @Nullable Object returned(Object value, Class<?> type) {
    if (type == void.class) {
      return null;
    }
    if (Special.isUnknown(value) && type != Object.class) {
      throw new UnknownResult();
    }
    return unwrapped(value);
  }

  /** A default method of a functional interface, called on a lambda. */
  Object callDefault(ExecutableElement method, FunctionValue function, List<Object> arguments) {
    Function<Class<?>, Object> proxy = type -> proxy(type, (_, given) -> function.call(given));
    Optional<Object> self = classes.of(function.type()).map(proxy);
    return self.map(object -> call(method, object, arguments)).orElse(Special.UNKNOWN);
  }
}
