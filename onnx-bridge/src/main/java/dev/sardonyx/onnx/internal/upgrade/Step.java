package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attributes;
import java.util.List;

/**
 * A node in the newest form, with its values by name; empty where one is absent.
 *
 * @param suffix what its name has after that of the node which it stands for; empty for that itself
 */
public record Step(
    String suffix,
    String operator,
    Attributes attributes,
    List<String> inputs,
    List<String> outputs) {
  public Step {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
