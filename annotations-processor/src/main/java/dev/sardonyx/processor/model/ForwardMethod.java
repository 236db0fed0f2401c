package dev.sardonyx.processor.model;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/**
 * A method with Forward.
 *
 * @param signature name and parameter types as text, for messages
 * @param exceptions the checked exceptions that it declares
 * @param inherited whether a superclass declares it
 * @param visible whether code in the described class's package may call it, private aside
 */
public record ForwardMethod(
    ExecutableElement element,
    String name,
    String signature,
    List<Parameter> parameters,
    Output output,
    List<String> exceptions,
    boolean inherited,
    boolean visible,
    String file,
    int line) {

  /** A parameter, which becomes an input of the graph. */
  public record Parameter(
      VariableElement element, String name, String type, boolean tensor, Optional<Input> input) {}

  /** What Input says; the dtype as the name of its constant. */
  public record Input(AnnotationMirror mirror, List<String> dims, String dtype) {}

  /** Signature and line, for messages. */
  public String place() {
    return signature + " at line " + line;
  }

  /** The names of the outputs. */
  public List<String> outputNames() {
    return switch (output) {
      case Output.OneTensor _ -> List.of("output");
      case Output.TensorRecord several ->
          several.components().stream().map(Output.Component::name).toList();
      case Output.Other _ -> List.of();
    };
  }
}
