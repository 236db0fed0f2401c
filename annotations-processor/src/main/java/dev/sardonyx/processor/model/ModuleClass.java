package dev.sardonyx.processor.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/**
 * A class of which a descriptor is wanted, as it stands in the source, right or wrong.
 *
 * @param members fields of module or variable type and fields with Layer, superclass first
 * @param forwards the Forward methods: the class's own, else the nearest superclass's
 * @param unmarkedForwards text of own methods that look like forward without Forward
 * @param handWrittenStructure the class that overrides structure() itself, if one does
 */
public record ModuleClass(
    TypeElement element,
    ClassName name,
    Set<Trait> traits,
    Optional<ModelMark> model,
    Construction construction,
    List<Member> members,
    List<ForwardMethod> forwards,
    List<String> unmarkedForwards,
    Optional<String> handWrittenStructure,
    String file,
    int line) {

  /** Whether a trait holds. */
  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** The members that are marked with Layer. */
  public List<Member> layers() {
    return members.stream().filter(member -> member.layer().isPresent()).toList();
  }

  /** The first Forward method. */
  public Optional<ForwardMethod> forward() {
    return forwards.stream().findFirst();
  }

  /** The name in the registry. */
  public Optional<String> registeredName() {
    return model.map(mark -> mark.value().orElseGet(() -> KebabCase.of(name.simple())));
  }

  /** The class name that describe() shows. */
  public String typeName() {
    return model.flatMap(ModelMark::describedAs).orElseGet(name::simple);
  }

  /** The file of forward, or of the class where there is none. */
  public String sourceFile() {
    return forward().map(ForwardMethod::file).orElse(file);
  }

  /** The line of forward, or of the class where there is none. */
  public int sourceLine() {
    return forward().map(ForwardMethod::line).orElse(line);
  }
}
