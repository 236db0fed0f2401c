package dev.sardonyx.processor.read;

import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;

/** Who may see what. */
final class Access {
  private Access() {}

  /** Whether an element or a class around it is private. */
  static boolean isWithinPrivate(Element element) {
    return element.getKind() != ElementKind.PACKAGE
        && (element.getModifiers().contains(Modifier.PRIVATE)
            || isWithinPrivate(element.getEnclosingElement()));
  }

  /** Whether code of a package, in a class that inherits nothing, may use an element. */
  static boolean isVisible(Element element, PackageElement from) {
    Element around = element.getEnclosingElement();
    Set<Modifier> modifiers = element.getModifiers();
    if (element instanceof PackageElement) {
      return true;
    }
    boolean here = modifiers.contains(Modifier.PUBLIC) || isIn(element, from);
    return here && !modifiers.contains(Modifier.PRIVATE) && isVisible(around, from);
  }

  private static boolean isIn(Element element, PackageElement place) {
    Element at = element;
    while (!(at instanceof PackageElement)) {
      at = at.getEnclosingElement();
    }
    return at.equals(place);
  }
}
