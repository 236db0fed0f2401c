package dev.sardonyx.processor.model;

import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/** What stands around classes and their members. */
public final class Enclosing {
  private Enclosing() {}

  /** What directly encloses a class or a member; packages and modules may have nothing around. */
  public static Element of(Element element) {
    return Objects.requireNonNull(
        element.getEnclosingElement(), () -> "nothing encloses " + element);
  }

  /** The package that holds a class or a member, or the package itself. */
  public static PackageElement packageOf(Element element) {
    return element instanceof PackageElement place ? place : packageOf(of(element));
  }

  /** The class that declares a member. */
  public static TypeElement type(Element member) {
    return (TypeElement) of(member);
  }
}
