package dev.sardonyx.runtime.generate.model;

import java.util.List;

/**
 * The name of a type.
 *
 * @param packageName empty for a class of the model's own package and for primitive types
 * @param simpleName with its enclosing classes: {@code LSTM.Result}
 * @param arguments of a generic type
 */
public record TypeName(String packageName, String simpleName, List<TypeName> arguments) {
  public TypeName {
    arguments = List.copyOf(arguments);
  }

  /** The type of a class that is there. */
  public static TypeName of(Class<?> type) {
    String packageName = type.isPrimitive() ? "" : type.getPackageName();
    String name = type.getTypeName();
    String simple = packageName.isEmpty() ? name : name.substring(packageName.length() + 1);
    return new TypeName(packageName, simple.replace('$', '.'), List.of());
  }

  /** The type of a class that is generated beside this one. */
  public static TypeName generated(String simpleName) {
    return new TypeName("", simpleName, List.of());
  }

  /** The same with type arguments. */
  public TypeName with(TypeName... types) {
    return new TypeName(packageName, simpleName, List.of(types));
  }
}
