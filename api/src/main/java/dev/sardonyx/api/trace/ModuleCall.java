package dev.sardonyx.api.trace;

import dev.sardonyx.api.type.TensorType;
import java.util.List;

/**
 * One call of a module's forward within a trace.
 *
 * @param firstNode index in the graph of the first node that the call recorded
 * @param afterNode index after the last one
 */
public record ModuleCall(
    String path, List<TensorType> inputs, List<TensorType> outputs, int firstNode, int afterNode) {
  public ModuleCall {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
