package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.Enclosing;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;

/** Types as messages show them: without packages. */
final class TypeTexts {
  private TypeTexts() {}

  /** For example {@code List<Linear>} for {@code java.util.List<demo.Linear>}. */
  static String of(TypeMirror type) {
    return type.toString().replaceAll("\\b([\\p{Ll}_][\\w]*\\.)+(?=[@\\p{Lu}])", "");
  }

  /** For example {@code forward(Tensor, int)}. */
  static String signature(ExecutableElement method) {
    String name =
        method.getSimpleName().contentEquals("<init>")
            ? Enclosing.of(method).getSimpleName().toString()
            : method.getSimpleName().toString();
    return method.getParameters().stream()
        .map(parameter -> of(parameter.asType()))
        .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
