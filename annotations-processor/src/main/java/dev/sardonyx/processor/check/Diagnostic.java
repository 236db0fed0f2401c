package dev.sardonyx.processor.check;

import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/** A mistake and where it is. */
public record Diagnostic(
    boolean warning,
    Code code,
    Element element,
    Optional<AnnotationMirror> mirror,
    String message) {

  /** The message as the compiler prints it. */
  public String text() {
    return "[" + code.text() + "] " + message;
  }
}
