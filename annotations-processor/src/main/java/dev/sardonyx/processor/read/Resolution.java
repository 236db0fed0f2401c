package dev.sardonyx.processor.read;

import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Whether all types that matter are there. One that is not may be written by another processor in
 * this round, so its user has to wait; if it never comes, the compiler itself says so.
 */
public final class Resolution {
  private Resolution() {}

  /** Whether a class can be judged now. */
  public static boolean isComplete(TypeElement type) {
    return ModuleReader.lineage(type).stream().flatMap(Resolution::types).allMatch(Resolution::is);
  }

  private static Stream<TypeMirror> types(TypeElement type) {
    Stream<TypeMirror> supertypes =
        Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream());
    Stream<TypeMirror> fields =
        ElementFilter.fieldsIn(type.getEnclosedElements()).stream().map(field -> field.asType());
    Stream<TypeMirror> methods =
        ElementFilter.methodsIn(type.getEnclosedElements()).stream()
            .filter(method -> Marks.has(method, Marks.FORWARD))
            .flatMap(Resolution::types);
    return Stream.of(supertypes, fields, methods).flatMap(each -> each);
  }

  private static Stream<TypeMirror> types(ExecutableElement method) {
    Stream<TypeMirror> parameters =
        method.getParameters().stream().map(parameter -> parameter.asType());
    return Stream.of(Stream.of(method.getReturnType()), parameters, components(method))
        .flatMap(each -> each);
  }

  private static Stream<TypeMirror> components(ExecutableElement method) {
    List<RecordComponentElement> components =
        method.getReturnType() instanceof DeclaredType declared
            ? ElementFilter.recordComponentsIn(declared.asElement().getEnclosedElements())
            : List.of();
    return components.stream().map(component -> component.asType());
  }

  private static boolean is(TypeMirror type) {
    return switch (type) {
      case ArrayType array -> is(array.getComponentType());
      case DeclaredType declared ->
          declared.getKind() != TypeKind.ERROR
              && declared.getTypeArguments().stream().allMatch(Resolution::is);
      default -> type.getKind() != TypeKind.ERROR;
    };
  }
}
