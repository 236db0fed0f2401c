package dev.sardonyx.processor.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/** Collects the mistakes of a round, each once. */
public final class Problems {
  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /** The four parts of every message. */
  public record Message(String what, String expected, String found, String fix) {
    @Override
    public String toString() {
      return what + ": expected " + expected + ", found " + found + "; " + fix;
    }
  }

  /** An error at an element. */
  public void error(Code code, Element element, Message message) {
    add(new Diagnostic(false, code, element, Optional.empty(), message.toString()));
  }

  /** An error at an annotation of an element. */
  public void error(Code code, Element element, AnnotationMirror mirror, Message message) {
    add(new Diagnostic(false, code, element, Optional.of(mirror), message.toString()));
  }

  /** An error that takes lines of its own to tell. */
  public void error(Code code, Element element, AnnotationMirror mirror, String message) {
    add(new Diagnostic(false, code, element, Optional.of(mirror), message));
  }

  /** A warning at an element. */
  public void warning(Code code, Element element, Message message) {
    add(new Diagnostic(true, code, element, Optional.empty(), message.toString()));
  }

  /** A warning at an annotation of an element. */
  public void warning(Code code, Element element, AnnotationMirror mirror, Message message) {
    add(new Diagnostic(true, code, element, Optional.of(mirror), message.toString()));
  }

  /** Two subclasses may both meet a mistake of their superclass: it is one mistake. */
  private void add(Diagnostic diagnostic) {
    if (seen.add(System.identityHashCode(diagnostic.element()) + diagnostic.text())) {
      found.add(diagnostic);
    }
  }

  /** All of them. */
  public List<Diagnostic> all() {
    return List.copyOf(found);
  }

  /** Whether there are errors among them. */
  public boolean hasErrors() {
    return found.stream().anyMatch(diagnostic -> !diagnostic.warning());
  }
}
