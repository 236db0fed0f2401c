package dev.sardonyx.api.op;

import java.util.List;

/**
 * A graph within a node, such as a branch of If. It is closed: what it takes from the graphs around
 * it are its last inputs, and the node's. Source: ONNX IR specification, "Name scoping".
 */
public interface Body {

  /** The number of its inputs, captures included. */
  int inputCount();

  /** The number of its outputs. */
  int outputCount();

  /** How many of its last inputs are values of the graphs around it. */
  int captures();

  /**
   * What is known of its outputs for inputs of which this is known, in order. Errors: what an
   * operator reports, at the node within.
   */
  List<Inputs.Input> infer(List<Inputs.Input> inputs);
}
