package dev.sardonyx.processor.follow;

import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.ParameterDict;
import dev.sardonyx.api.nn.ParameterList;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.tensor.Variable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What calls do to objects with changing contents, as far as the interpreter has to know. */
final class Spoiling {
  private static final Set<String> READING =
      Set.of(
          "get",
          "getFirst",
          "getLast",
          "getOrDefault",
          "size",
          "isEmpty",
          "contains",
          "containsKey",
          "containsValue",
          "indexOf",
          "forward",
          "iterator",
          "values",
          "keySet",
          "entrySet",
          "keys",
          "stream",
          "slice",
          "subList",
          "reversed",
          "structure",
          "parameters",
          "children",
          "modules",
          "length",
          "charAt",
          "equals",
          "toString");

  /** These take a value as it is and ask it nothing. */
  private static final Set<String> KEEPING =
      Set.of(
          "add",
          "addFirst",
          "addLast",
          "addAll",
          "push",
          "offer",
          "set",
          "put",
          "of",
          "asList",
          "copyOf",
          "entry",
          "<init>");

  /** These do not look at the elements of what they are called on. */
  private static final Set<String> NOT_LOOKING =
      Set.of(
          "get",
          "getFirst",
          "getLast",
          "removeFirst",
          "removeLast",
          "pop",
          "peek",
          "next",
          "hasNext",
          "getKey",
          "getValue",
          "size",
          "isEmpty",
          "iterator",
          "values",
          "keySet",
          "entrySet",
          "stream",
          "forEach",
          "subList",
          "reversed",
          "clear");

  /** These change modules and their variables. */
  private static final Set<String> CONVERTING =
      Set.of("to", "set", "convert", "load", "apply", "train", "eval");

  private static final int MOST_ELEMENTS = 10_000;

  private Spoiling() {}

  /** Whether an object's contents may change. */
  static boolean isMutable(Object object) {
    return object instanceof Collection
        || object instanceof Map
        || object instanceof Iterator
        || object instanceof StringBuilder
        || object.getClass().isArray()
        || object instanceof Sequential
        || object instanceof ModuleList
        || object instanceof ModuleDict
        || object instanceof ParameterList
        || object instanceof ParameterDict;
  }

  /** Whether a method changes what it is called on, or modules below that. */
  static boolean changes(Object receiver, String method) {
    boolean module = receiver instanceof NnModule || receiver instanceof Variable;
    return (isMutable(receiver) && !isReading(method)) || (module && CONVERTING.contains(method));
  }

  /** A module and all below it, as far as they are known; else the object alone. */
  static List<?> parts(Object receiver) {
    try {
      return receiver instanceof NnModule module ? module.modules() : List.of(receiver);
    } catch (UnknownResult unknown) {
      return List.of(receiver);
    }
  }

  /** Whether a method of such an object leaves it as it is. */
  static boolean isReading(String method) {
    return READING.contains(method);
  }

  /** Whether a collection's method does its work on values that are not known. */
  static boolean keeps(Object receiver, String method) {
    boolean plain =
        receiver == Special.NULL || receiver instanceof Collection || receiver instanceof Map;
    return plain && KEEPING.contains(method);
  }

  /** Whether a method asks an object's elements what they are. */
  static boolean looks(String method) {
    return !NOT_LOOKING.contains(method) && !KEEPING.contains(method);
  }

  /** Whether a value is unknown, or holds one that is. */
  static boolean holdsUnknown(Object value) {
    return switch (value) {
      case Special special -> Special.isUnknown(special);
      case Object[] array -> Arrays.stream(array).limit(MOST_ELEMENTS).anyMatch(Special::isUnknown);
      case Collection<?> all -> all.stream().limit(MOST_ELEMENTS).anyMatch(Special::isUnknown);
      case Map<?, ?> map -> holdsUnknown(map.values()) || holdsUnknown(map.keySet());
      case Map.Entry<?, ?> entry -> entry.getValue() == Special.UNKNOWN;
      default -> false;
    };
  }

  /** Whether a collection's order changes from one run of the JVM to the next. */
  static boolean isUnordered(Object value) {
    String name = value.getClass().getName();
    boolean salted =
        name.startsWith("java.util.ImmutableCollections$Set")
            || name.startsWith("java.util.ImmutableCollections$Map");
    boolean one =
        switch (value) {
          case Collection<?> all -> all.size() < 2;
          case Map<?, ?> map -> map.size() < 2;
          default -> false;
        };
    return salted && !one;
  }
}
