package dev.sardonyx.runtime.generate.model;

import java.util.List;

/**
 * A module class. The model itself has no constructor parameters, and its inputs have types.
 *
 * @param name the simple name; all classes are in one package
 * @param doc one or two sentences for the Javadoc
 * @param parameters the constructor's
 * @param fields in the order of their declaration, which is the state_dict's
 * @param inputs forward's parameters; one that gives one result makes a UnaryModule
 * @param statements of forward, without the return
 * @param results what forward returns: one as a Tensor, several in a nested record
 */
public record GeneratedClass(
    String name,
    String doc,
    List<ConstructorParameter> parameters,
    List<Field> fields,
    List<ForwardInput> inputs,
    List<Statement> statements,
    List<Result> results) {
  public GeneratedClass {
    parameters = List.copyOf(parameters);
    fields = List.copyOf(fields);
    inputs = List.copyOf(inputs);
    statements = List.copyOf(statements);
    results = List.copyOf(results);
  }

  /** Whether it takes one tensor and gives one. */
  public boolean isUnary() {
    return inputs.size() == 1 && results.size() == 1;
  }

  /** A parameter of the constructor: int, long, double or boolean. */
  public record ConstructorParameter(Class<?> type, String name) {}

  /** An output of forward; the name is the record's component where there are several. */
  public record Result(String name, Expression value) {}
}
