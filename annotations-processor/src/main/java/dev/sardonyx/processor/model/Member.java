package dev.sardonyx.processor.model;

import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/**
 * A field or record component.
 *
 * @param type its type as text, for messages
 * @param access how the descriptor reads it from {@code module}
 * @param inherited whether a superclass declares it
 * @param ownerDescribed whether the declaring class gets a descriptor, and so checks, of its own
 * @param visible whether code in the described class's package may read it, private aside
 */
public record Member(
    VariableElement element,
    TypeElement owner,
    String field,
    String type,
    Kind kind,
    Optional<Mark> layer,
    String access,
    boolean inherited,
    boolean ownerDescribed,
    boolean visible,
    int line) {

  /** What the type of a field makes of it. */
  public enum Kind {
    /** An NnModule. */
    MODULE,
    /** A Parameter or Buffer. */
    VARIABLE,
    /** An array, collection, map or optional of such: PyTorch does not see into these either. */
    CONTAINER,
    /** Anything else. */
    OTHER
  }

  /** What Layer says, as far as it is written down. */
  public record Mark(AnnotationMirror mirror, Optional<String> value) {}

  /** The name in PyTorch. */
  public String name() {
    return layer.flatMap(Mark::value).orElse(field);
  }

  /** Whether a modifier is present. */
  public boolean is(Modifier modifier) {
    return modifiers().contains(modifier);
  }

  /** Whether it is a component of a record. */
  public boolean isComponent() {
    return access.endsWith("()");
  }

  /** The field as a message shows it. */
  public String text() {
    return type + " " + (inherited ? owner.getSimpleName() + "." : "") + field;
  }

  private Set<Modifier> modifiers() {
    return element.getModifiers();
  }
}
