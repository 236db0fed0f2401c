package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.ForwardMethod;
import dev.sardonyx.processor.model.Member;
import dev.sardonyx.processor.model.ModelMark;
import dev.sardonyx.processor.model.WeightsMark;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Reads our annotations by name, so that the api's classes are not needed to run this. */
public final class Marks {
  private static final String PACKAGE = "dev.sardonyx.api.nn.";

  /** The annotation of a registered model. */
  public static final String MODEL = PACKAGE + "Model";

  /** The annotation of members. */
  public static final String LAYER = PACKAGE + "Layer";

  /** The annotation of the method that computes. */
  public static final String FORWARD = PACKAGE + "Forward";

  /** The annotation of forward's parameters. */
  public static final String INPUT = PACKAGE + "Input";

  /** The annotation of a model's file of weights. */
  public static final String WEIGHTS = PACKAGE + "Weights";

  /** The annotation of generated classes. */
  public static final String GENERATED = "javax.annotation.processing.Generated";

  private Marks() {}

  static boolean has(Element element, String annotation) {
    return find(element, annotation).isPresent();
  }

  static Optional<AnnotationMirror> find(Element element, String annotation) {
    return element.getAnnotationMirrors().stream()
        .<AnnotationMirror>map(mirror -> mirror)
        .filter(mirror -> name(mirror).equals(annotation))
        .findFirst();
  }

  private static String name(AnnotationMirror mirror) {
    return ((TypeElement) mirror.getAnnotationType().asElement()).getQualifiedName().toString();
  }

  /** Whether a class asks for a descriptor by an annotation of its own. */
  static boolean describes(TypeElement type) {
    return has(type, MODEL)
        || type.getEnclosedElements().stream()
            .anyMatch(element -> has(element, LAYER) || has(element, FORWARD));
  }

  static Optional<ModelMark> model(Element type) {
    return find(type, MODEL)
        .map(mirror -> new ModelMark(mirror, text(mirror, "value"), text(mirror, "describedAs")));
  }

  static Optional<WeightsMark> weights(Element type) {
    return find(type, WEIGHTS)
        .filter(mirror -> written(mirror, "value").isPresent()) // else javac says so itself
        .map(
            mirror ->
                new WeightsMark(
                    mirror,
                    text(mirror, "value").orElse(""),
                    isTrue(mirror, "cast"),
                    isTrue(mirror, "partial")));
  }

  static Optional<Member.Mark> layer(Element field) {
    return find(field, LAYER).map(mirror -> new Member.Mark(mirror, text(mirror, "value")));
  }

  static Optional<ForwardMethod.Input> input(Element parameter) {
    return find(parameter, INPUT)
        .map(mirror -> new ForwardMethod.Input(mirror, dims(mirror), dtype(mirror)));
  }

  private static Optional<AnnotationValue> written(AnnotationMirror mirror, String key) {
    return mirror.getElementValues().entrySet().stream()
        .filter(entry -> entry.getKey().getSimpleName().contentEquals(key))
        .<AnnotationValue>map(entry -> entry.getValue())
        .findFirst();
  }

  private static Optional<String> text(AnnotationMirror mirror, String key) {
    return written(mirror, key).map(value -> value.getValue().toString());
  }

  private static boolean isTrue(AnnotationMirror mirror, String key) {
    return written(mirror, key).map(AnnotationValue::getValue).equals(Optional.of(true));
  }

  private static List<String> dims(AnnotationMirror mirror) {
    return written(mirror, "value").stream()
        .flatMap(value -> ((List<?>) value.getValue()).stream())
        .map(dim -> ((AnnotationValue) dim).getValue().toString())
        .toList();
  }

  /** The default stands here as well: the api may be on the class path without default values. */
  private static String dtype(AnnotationMirror mirror) {
    return written(mirror, "dtype")
        .map(value -> ((VariableElement) value.getValue()).getSimpleName().toString())
        .orElse("FLOAT32");
  }
}
