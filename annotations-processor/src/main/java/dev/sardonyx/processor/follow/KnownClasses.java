package dev.sardonyx.processor.follow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * The classes whose code is run for what it computes: the library's tensors and layers, and those
 * of the JDK whose results depend on their arguments alone and which change nothing else.
 */
final class KnownClasses {
  private static final Set<String> API_PACKAGES =
      Set.of("nn.", "tensor.", "type.", "op.", "error.");

  /** The class path is no business of a compiler. */
  private static final Set<String> NOT_API =
      Set.of("dev.sardonyx.api.nn.Descriptors", "dev.sardonyx.api.tensor.Evaluator");

  private static final Set<String> LANG =
      Set.of(
          "Math",
          "StrictMath",
          "Integer",
          "Long",
          "Double",
          "Float",
          "Short",
          "Byte",
          "Boolean",
          "Character",
          "Number",
          "String",
          "StringBuilder",
          "CharSequence",
          "Iterable",
          "Comparable",
          "AutoCloseable",
          "Enum",
          "Object");

  private static final Set<String> UTIL =
      Set.of(
          "Collection",
          "SequencedCollection",
          "SequencedMap",
          "SequencedSet",
          "List",
          "ArrayList",
          "LinkedList",
          "Deque",
          "Queue",
          "ArrayDeque",
          "Set",
          "HashSet",
          "LinkedHashSet",
          "TreeSet",
          "Map",
          "Map$Entry",
          "HashMap",
          "LinkedHashMap",
          "TreeMap",
          "EnumMap",
          "AbstractMap$SimpleEntry",
          "AbstractMap$SimpleImmutableEntry",
          "Iterator",
          "ListIterator",
          "Optional",
          "OptionalInt",
          "OptionalLong",
          "OptionalDouble",
          "Objects",
          "Arrays",
          "Collections",
          "Comparator",
          "StringJoiner");

  private final Elements elements;
  private final Types types;
  private final ClassLoader loader;
  private final Map<String, Optional<Class<?>>> found = new HashMap<>();

  KnownClasses(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
    loader = KnownClasses.class.getClassLoader();
  }

  /** The class itself, where its code may be run. */
  Optional<Class<?>> of(TypeElement type) {
    return found.computeIfAbsent(
        elements.getBinaryName(type).toString(),
        name -> isKnown(name) ? load(name) : Optional.empty());
  }

  private static boolean isKnown(String name) {
    String api = "dev.sardonyx.api.";
    if (name.startsWith(api)) {
      String rest = name.substring(api.length());
      return API_PACKAGES.stream().anyMatch(rest::startsWith) && !NOT_API.contains(name);
    }
    return within(name, "java.lang.", LANG)
        || within(name, "java.util.", UTIL)
        || name.startsWith("java.util.function.")
        || name.startsWith("java.util.stream.");
  }

  private static boolean within(String name, String prefix, Set<String> names) {
    return name.startsWith(prefix) && names.contains(name.substring(prefix.length()));
  }

  private Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError absent) {
      return Optional.empty();
    }
  }

  /** The class of a type's erasure, arrays and primitive types too, where it is known. */
  Optional<Class<?>> of(TypeMirror type) {
    TypeMirror erased = types.erasure(type);
    return switch (erased.getKind()) {
      case INT -> Optional.of(int.class);
      case LONG -> Optional.of(long.class);
      case DOUBLE -> Optional.of(double.class);
      case FLOAT -> Optional.of(float.class);
      case BOOLEAN -> Optional.of(boolean.class);
      case CHAR -> Optional.of(char.class);
      case SHORT -> Optional.of(short.class);
      case BYTE -> Optional.of(byte.class);
      case ARRAY -> of(((ArrayType) erased).getComponentType()).map(Class::arrayType);
      case DECLARED -> of((TypeElement) ((DeclaredType) erased).asElement());
      default -> Optional.empty();
    };
  }
}
