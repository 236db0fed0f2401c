package dev.sardonyx.api.error;

/** What kind of thing went wrong: stable names that tools and tests may rely on. */
public enum ErrorCode {
  /** Dims that do not fit an operator or layer. */
  SHAPE("Shape"),
  /** An element type that does not fit. */
  DTYPE("DType"),
  /** An attribute or argument outside what an operator or layer allows. */
  ARGUMENT("Argument"),
  /** Contents were asked of a tensor that has none: it stands inside a trace or is an outline. */
  TRACED_CONTENTS("TracedContents"),
  /** A graph that breaks a rule of the ONNX IR: cycles, duplicate names, dangling inputs. */
  GRAPH("Graph"),
  /** An operator, element type or opset that the engine or exporter does not have. */
  UNSUPPORTED("Unsupported"),
  /** A model class without generated descriptor, or one that breaks the rules of models. */
  MODEL("Model"),
  /** A model or entry of that name does not exist. */
  NOT_FOUND("NotFound"),
  /** A state dict that does not fit the module. */
  STATE("State"),
  /** Inputs of a run that do not fit the model's signature. */
  INPUT("Input"),
  /** A file that cannot be read or written. */
  FILE("File"),
  /** A file whose contents break its format. */
  FORMAT("Format"),
  /** A set limit (memory, depth, nodes, time) was reached. */
  LIMIT("Limit"),
  /** An engine that is asked for cannot be used here. */
  ENGINE("Engine"),
  /** The run was interrupted. */
  INTERRUPTED("Interrupted"),
  /** The engines disagree. */
  CHECK("Check"),
  /** The command line was used wrongly. */
  USAGE("Usage");

  private final String text;

  ErrorCode(String text) {
    this.text = text;
  }

  /** The code as messages and JSON show it, for example {@code Shape}. */
  public String text() {
    return text;
  }
}
