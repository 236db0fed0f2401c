package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.Enclosing;
import dev.sardonyx.processor.model.ForwardMethod;
import dev.sardonyx.processor.model.Output;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the methods that compute a module. */
final class ForwardReader {
  private final Api api;
  private final Elements elements;
  private final SourceLines lines;

  ForwardReader(Api api, Elements elements, SourceLines lines) {
    this.api = api;
    this.elements = elements;
    this.lines = lines;
  }

  /** The Forward methods that a class has, its own first, without those that it overrides. */
  List<ForwardMethod> read(TypeElement type, List<TypeElement> lineage) {
    List<ExecutableElement> found = new ArrayList<>();
    for (TypeElement owner : lineage.reversed()) {
      for (ExecutableElement method : ElementFilter.methodsIn(owner.getEnclosedElements())) {
        boolean overridden =
            found.stream().anyMatch(below -> elements.overrides(below, method, type));
        if (Marks.has(method, Marks.FORWARD) && !overridden) {
          found.add(method);
        }
      }
    }
    return found.stream().map(method -> read(type, method)).toList();
  }

  private ForwardMethod read(TypeElement type, ExecutableElement method) {
    PackageElement place = elements.getPackageOf(type);
    TypeElement owner = (TypeElement) Enclosing.of(method);
    boolean own = owner.equals(type);
    return new ForwardMethod(
        method,
        method.getSimpleName().toString(),
        TypeTexts.signature(method),
        method.getParameters().stream().map(this::parameter).toList(),
        output(method.getReturnType(), place),
        method.getThrownTypes().stream()
            .<TypeMirror>map(thrown -> thrown)
            .filter(api::isChecked)
            .map(TypeTexts::of)
            .toList(),
        !own,
        own || Access.isVisible(method, place),
        SourceFiles.of(owner, elements),
        lines.of(method));
  }

  private ForwardMethod.Parameter parameter(VariableElement parameter) {
    return new ForwardMethod.Parameter(
        parameter,
        parameter.getSimpleName().toString(),
        TypeTexts.of(parameter.asType()),
        api.isExactlyTensor(parameter.asType()),
        Marks.input(parameter));
  }

  private Output output(TypeMirror type, PackageElement place) {
    if (api.isTensor(type)) {
      return new Output.OneTensor();
    }
    if (!(type instanceof DeclaredType declared)
        || declared.asElement().getKind() != ElementKind.RECORD) {
      return new Output.Other(TypeTexts.of(type));
    }
    Element element = declared.asElement();
    List<Output.Component> components =
        ElementFilter.recordComponentsIn(element.getEnclosedElements()).stream()
            .map(
                component ->
                    new Output.Component(
                        component.getSimpleName().toString(),
                        TypeTexts.of(component.asType()),
                        api.isTensor(component.asType())))
            .toList();
    boolean visible = Access.isVisible(element, place);
    return new Output.TensorRecord(TypeTexts.of(type), components, visible);
  }

  /** Own methods that were perhaps meant to be Forward methods: so named, or with inputs. */
  List<String> unmarked(TypeElement type) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(method -> !Marks.has(method, Marks.FORWARD))
        .filter(method -> method.getSimpleName().contentEquals("forward") || hasInput(method))
        .map(method -> TypeTexts.signature(method) + " at line " + lines.of(method))
        .toList();
  }

  private static boolean hasInput(ExecutableElement method) {
    return method.getParameters().stream().anyMatch(parameter -> Marks.has(parameter, Marks.INPUT));
  }
}
