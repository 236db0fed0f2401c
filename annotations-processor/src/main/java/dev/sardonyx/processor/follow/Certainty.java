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
      Set.of("toString", "valueOf", "format", "formatted", "join", "equals", "hash");

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

  /** Whether a call depends on what an interpreted object is equal to or prints as. */
  static boolean asksInstances(String method, Object receiver, List<Object> arguments) {
    if (receiver instanceof Instance) {
      return TEXTUAL.contains(method);
    }
    boolean texts =
        TEXTUAL.contains(method)
            || receiver instanceof StringBuilder
            || receiver instanceof StringJoiner;
    boolean hashes = receiver instanceof Map || receiver instanceof Set;
    boolean compares = receiver instanceof Collection && COMPARING.contains(method);
    return arguments.stream()
        .flatMap(each -> each instanceof Object[] all ? Stream.of(all) : Stream.of(each))
        .filter(Instance.class::isInstance)
        .anyMatch(each -> texts || ((hashes || compares) && hasEquality((Instance) each)));
  }

  private static boolean hasEquality(Instance instance) {
    return instance.type().getKind() == ElementKind.RECORD
        || ElementFilter.methodsIn(instance.type().getEnclosedElements()).stream()
            .anyMatch(method -> method.getSimpleName().contentEquals("equals"));
  }
}
