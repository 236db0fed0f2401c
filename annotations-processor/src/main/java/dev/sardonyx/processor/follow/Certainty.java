package dev.sardonyx.processor.follow;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.util.ElementFilter;

/** Which answers of library code hold for every run of a model, and not for its trace alone. */
final class Certainty {
  private static final Set<String> TEXTUAL =
      Set.of("toString", "valueOf", "format", "formatted", "join");

  private static final Set<String> CASES = Set.of("toUpperCase", "toLowerCase");

  private static final Set<String> COMPARING =
      Set.of("contains", "indexOf", "lastIndexOf", "remove", "removeAll", "containsAll");

  private Certainty() {}

  /** A result; unknown where symbols stand for sizes that may make it another one. */
  static Object of(String method, Object receiver, List<Object> arguments, Object result) {
    boolean open =
        Stream.concat(Stream.of(receiver), arguments.stream()).anyMatch(Certainty::isOpen);
    boolean asked = receiver instanceof Dim || receiver instanceof Shape || method.equals("equals");
    boolean changes = Boolean.FALSE.equals(result) || result instanceof String;
    return open && asked && changes ? Special.UNKNOWN : result;
  }

  /** Whether a value stands for a size or sizes that differ from run to run. */
  static boolean isOpen(Object value) {
    return switch (value) {
      case Dim dim -> !dim.isFixed();
      case Shape shape -> !shape.isFixed();
      default -> false;
    };
  }

  /** Whether a call asks what an object prints as or is equal to, or what the locale is. */
  static boolean isOpen(String method, Object receiver, List<Object> arguments) {
    boolean texts =
        TEXTUAL.contains(method)
            || receiver instanceof StringBuilder
            || receiver instanceof StringJoiner;
    List<Object> all = Stream.concat(Stream.of(receiver), arguments.stream()).toList();
    boolean printable =
        all.stream().filter(each -> !isBuilder(each)).allMatch(Certainty::isPrintable);
    return (texts && !printable)
        || dependsOnLocale(method, all)
        || comparesInstances(method, receiver, arguments);
  }

  private static boolean isBuilder(Object value) {
    return value instanceof StringBuilder || value instanceof StringJoiner;
  }

  /** Whether a value prints alike in every run. */
  static boolean isPrintable(Object value) {
    return switch (value) {
      case Special special -> special == Special.NULL;
      case String _, Number _, Boolean _, Character _, Enum<?> _ -> true;
      case Dim dim -> dim.isFixed();
      case Object[] array -> Stream.of(array).allMatch(Certainty::isPrintable);
      case List<?> list -> list.stream().allMatch(Certainty::isPrintable);
      default -> false;
    };
  }

  /** Fractions are written in many ways, and Turkish has other capitals of i. */
  private static boolean dependsOnLocale(String method, List<Object> values) {
    boolean formats = method.equals("format") || method.equals("formatted");
    return values.stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .anyMatch(
            text ->
                (formats && text.matches("(?s).*%[^%a-zA-Z]*[,eEfgGaAtT].*"))
                    || (CASES.contains(method) && values.size() == 1 && text.matches(".*[iI].*")));
  }

  private static boolean comparesInstances(String method, Object receiver, List<Object> arguments) {
    if (receiver instanceof Instance) {
      return method.equals("equals");
    }
    boolean hashes = receiver instanceof Map || receiver instanceof Set;
    boolean compares = receiver instanceof Collection && COMPARING.contains(method);
    return (hashes || compares || method.equals("equals"))
        && arguments.stream()
            .filter(Instance.class::isInstance)
            .anyMatch(each -> hasEquality((Instance) each));
  }

  private static boolean hasEquality(Instance instance) {
    return instance.type().getKind() == ElementKind.RECORD
        || ElementFilter.methodsIn(instance.type().getEnclosedElements()).stream()
            .anyMatch(method -> method.getSimpleName().contentEquals("equals"));
  }
}
