package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.Enclosing;
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
            || isWithinPrivate(Enclosing.of(element)));
  }

  /** Whether code of a package, in a class that inherits nothing, may use an element. */
  static boolean isVisible(Element element, PackageElement from) {
    if (element instanceof PackageElement) {
      return true;
    }
    Set<Modifier> modifiers = element.getModifiers();
    boolean here = modifiers.contains(Modifier.PUBLIC) || Enclosing.packageOf(element).equals(from);
    return here && !modifiers.contains(Modifier.PRIVATE) && isVisible(Enclosing.of(element), from);
  }
}
