package dev.sardonyx.processor.read;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The types of sardonyx-api as this compilation sees them, and questions about other types. */
public final class Api {
  private static final String DESCRIPTOR = "dev.sardonyx.api.nn.ModelDescriptor";
  private static final String MODULE = "dev.sardonyx.api.nn.NnModule";
  private static final String UNARY = "dev.sardonyx.api.nn.UnaryModule";
  private static final String TENSOR = "dev.sardonyx.api.tensor.Tensor";
  private static final String VARIABLE = "dev.sardonyx.api.tensor.Variable";

  private final Elements elements;
  private final Types types;

  private Api(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /** The api; to be asked for only where nothing is {@link #missing}. */
  public static Api of(Elements elements, Types types) {
    return new Api(elements, types);
  }

  /** The types of the api that the class path lacks. */
  public static List<String> missing(Elements elements) {
    return Stream.of(DESCRIPTOR, MODULE, UNARY, TENSOR, VARIABLE)
        .filter(name -> elements.getTypeElement(name) == null)
        .toList();
  }

  /** The methods that a descriptor has to implement; to be asked for only if none is missing. */
  public static Set<String> descriptorMethods(Elements elements) {
    return ElementFilter.methodsIn(elements.getTypeElement(DESCRIPTOR).getEnclosedElements())
        .stream()
        .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
        .map(method -> method.getSimpleName().toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  boolean isModule(TypeMirror type) {
    return isA(type, MODULE);
  }

  boolean isUnary(TypeMirror type) {
    return isA(type, UNARY);
  }

  boolean isVariable(TypeMirror type) {
    return isA(type, VARIABLE);
  }

  boolean isMember(TypeMirror type) {
    return isModule(type) || isVariable(type);
  }

  /** An array, collection, map or optional whose elements are modules or variables. */
  boolean isContainerOfMembers(TypeMirror type) {
    return switch (type.getKind()) {
      case ARRAY -> {
        TypeMirror component = ((ArrayType) type).getComponentType();
        yield isMember(component) || isContainerOfMembers(component);
      }
      case DECLARED ->
          (isA(type, "java.lang.Iterable")
                  || isA(type, "java.util.Map")
                  || isA(type, "java.util.Optional"))
              && ((DeclaredType) type)
                  .getTypeArguments().stream()
                      .map(this::bound)
                      .anyMatch(argument -> isMember(argument) || isContainerOfMembers(argument));
      default -> false;
    };
  }

  private TypeMirror bound(TypeMirror argument) {
    return argument instanceof WildcardType wildcard && wildcard.getExtendsBound() != null
        ? wildcard.getExtendsBound()
        : argument;
  }

  /** Tensor itself: what a caller may pass a traced tensor to. */
  boolean isExactlyTensor(TypeMirror type) {
    return types.isSameType(type, elements.getTypeElement(TENSOR).asType());
  }

  boolean isTensor(TypeMirror type) {
    return isA(type, TENSOR);
  }

  boolean isChecked(TypeMirror exception) {
    return !isA(exception, "java.lang.RuntimeException") && !isA(exception, "java.lang.Error");
  }

  private boolean isA(TypeMirror type, String name) {
    TypeKind kind = type.getKind();
    if (kind != TypeKind.DECLARED && kind != TypeKind.TYPEVAR && kind != TypeKind.INTERSECTION) {
      return false;
    }
    TypeElement expected = elements.getTypeElement(name);
    return expected != null
        && types.isSubtype(types.erasure(type), types.erasure(expected.asType()));
  }

  /** The class, other than NnModule, that says what structure() of a type returns. */
  Optional<String> handWrittenStructure(TypeElement type) {
    return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(method -> method.getSimpleName().contentEquals("structure"))
        .filter(method -> method.getParameters().isEmpty())
        .map(ExecutableElement::getEnclosingElement)
        .map(owner -> ((TypeElement) owner).getQualifiedName().toString())
        .filter(owner -> !owner.equals(MODULE))
        .map(owner -> owner.substring(owner.lastIndexOf('.') + 1))
        .findFirst();
  }
}
