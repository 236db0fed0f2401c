package dev.sardonyx.processor.read;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** On the module path ServiceLoader goes by module-info and does not read META-INF/services. */
public final class Provisions {
  private Provisions() {}

  /** The named module that a class is in. */
  public static Optional<ModuleElement> module(TypeElement type, Elements elements) {
    return Optional.ofNullable(elements.getModuleOf(type)).filter(module -> !module.isUnnamed());
  }

  /** The descriptors that a module does not provide; to be asked when all of them are written. */
  public static List<String> missing(ModuleElement module, List<String> descriptors) {
    Set<String> provided =
        ElementFilter.providesIn(module.getDirectives()).stream()
            .flatMap(provides -> provides.getImplementations().stream())
            .map(implementation -> implementation.getQualifiedName().toString())
            .collect(Collectors.toSet());
    return descriptors.stream().filter(name -> !provided.contains(name)).sorted().toList();
  }
}
