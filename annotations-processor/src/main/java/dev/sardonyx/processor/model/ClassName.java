package dev.sardonyx.processor.model;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/** The names of a class, and of the descriptor that is written for it. */
public record ClassName(String packageName, List<String> simpleNames) {

  /** The name of a class that is no local one. */
  public static ClassName of(TypeElement type) {
    List<String> names = new ArrayList<>();
    for (Element at = type; !(at instanceof PackageElement); at = Enclosing.of(at)) {
      names.addFirst(at.getSimpleName().toString());
    }
    String place = Enclosing.packageOf(type).getQualifiedName().toString();
    return new ClassName(place, List.copyOf(names));
  }

  /** For example {@code Inner}. */
  public String simple() {
    return simpleNames.getLast();
  }

  /** As source in the same package refers to it: {@code Outer.Inner}. */
  public String nested() {
    return String.join(".", simpleNames);
  }

  /** As any source refers to it: {@code demo.Outer.Inner}. */
  public String canonical() {
    return inPackage(nested());
  }

  /** As the class file is named: {@code demo.Outer$Inner}. */
  public String binary() {
    return inPackage(String.join("$", simpleNames));
  }

  /** The descriptor's name in the same package: {@code Outer_InnerDescriptor}. */
  public String descriptorSimple() {
    return String.join("_", simpleNames) + "Descriptor";
  }

  /** The descriptor's full name. */
  public String descriptor() {
    return inPackage(descriptorSimple());
  }

  private String inPackage(String name) {
    return packageName.isEmpty() ? name : packageName + "." + name;
  }
}
