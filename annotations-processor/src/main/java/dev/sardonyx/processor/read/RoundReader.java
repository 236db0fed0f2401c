package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.StrayInput;
import dev.sardonyx.processor.model.WeightsMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Finds what a round brings. */
public final class RoundReader {
  private RoundReader() {}

  /** All classes of a round, nested ones after those around them, in the order of the sources. */
  public static List<TypeElement> types(RoundEnvironment round) {
    List<TypeElement> result = new ArrayList<>();
    ElementFilter.typesIn(round.getRootElements()).forEach(type -> collect(type, result));
    return result;
  }

  private static void collect(TypeElement type, List<TypeElement> into) {
    into.add(type);
    ElementFilter.typesIn(type.getEnclosedElements()).forEach(nested -> collect(nested, into));
  }

  /** Whether a class asks for a descriptor by an annotation of its own. */
  public static boolean isDescribed(TypeElement type) {
    return Marks.describes(type);
  }

  /** Whether a class has no annotation of ours, but a superclass does. */
  public static boolean isUndescribedHeir(TypeElement type) {
    return !Marks.describes(type) && ModuleReader.lineage(type).stream().anyMatch(Marks::describes);
  }

  /** The file of weights that a model names. */
  public static Optional<WeightsMark> weights(TypeElement type) {
    return Marks.weights(type).filter(_ -> Marks.has(type, Marks.MODEL));
  }

  /** The file of weights that a class names which is no model. */
  public static Optional<WeightsMark> strayWeights(TypeElement type) {
    return Marks.weights(type).filter(_ -> !Marks.has(type, Marks.MODEL));
  }

  /** The Input annotations outside of Forward methods. */
  public static List<StrayInput> strayInputs(TypeElement type) {
    List<StrayInput> result = new ArrayList<>();
    for (Element member : type.getEnclosedElements()) {
      if (member instanceof ExecutableElement method && !Marks.has(member, Marks.FORWARD)) {
        method
            .getParameters()
            .forEach(
                parameter ->
                    Marks.find(parameter, Marks.INPUT)
                        .ifPresent(
                            mirror ->
                                result.add(
                                    new StrayInput(
                                        parameter, mirror, TypeTexts.signature(method)))));
      }
    }
    return result;
  }
}
