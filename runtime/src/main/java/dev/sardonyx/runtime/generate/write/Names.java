package dev.sardonyx.runtime.generate.write;

import dev.sardonyx.runtime.generate.model.TypeName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names of types in one file, and the imports that they need. */
final class Names {
  private static final String LANG = "java.lang";

  private final Map<String, String> packages = new HashMap<>();
  private final Set<String> imports = new TreeSet<>();

  /**
   * Names in a file.
   *
   * @param ownClasses simple names of the classes of its package, which need no import
   */
  Names(Set<String> ownClasses) {
    ownClasses.forEach(name -> packages.put(name, ""));
  }

  /** The name of a type as the file writes it: qualified where another has its simple name. */
  String of(TypeName type) {
    String arguments =
        type.arguments().isEmpty()
            ? ""
            : type.arguments().stream().map(this::of).collect(Collectors.joining(", ", "<", ">"));
    return raw(type) + arguments;
  }

  /** The same of a class. */
  String of(Class<?> type) {
    return of(TypeName.of(type));
  }

  /** The same without type arguments. */
  String raw(TypeName type) {
    String outer = type.simpleName().replaceFirst("\\..*", "");
    String other = packages.putIfAbsent(outer, type.packageName());
    boolean clashes = other != null && !other.equals(type.packageName());
    if (clashes) {
      return type.packageName() + "." + type.simpleName();
    }
    if (!type.packageName().isEmpty() && !type.packageName().equals(LANG)) {
      imports.add(type.packageName() + "." + outer);
    }
    return type.simpleName();
  }

  /** The imports so far, in order. */
  List<String> imports() {
    return List.copyOf(imports);
  }
}
