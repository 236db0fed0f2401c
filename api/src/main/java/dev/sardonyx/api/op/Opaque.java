package dev.sardonyx.api.op;

import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.util.Collections;
import java.util.List;

/**
 * An operator that this vocabulary does not have, kept so that it can be shown, written back and
 * run by ONNX Runtime. Types of its outputs are what the file declares, else unknown.
 */
public record Opaque(
    String domain, String name, int sinceOpset, Attributes attributes, List<ValueType> outputs)
    implements Op {
  public Opaque {
    outputs = List.copyOf(outputs);
  }

  /** An operator whose outputs have no declared types. */
  public static Opaque of(
      String domain, String name, int opset, Attributes attributes, int outputs) {
    ValueType unknown = new UnknownType();
    return new Opaque(domain, name, opset, attributes, Collections.nCopies(outputs, unknown));
  }

  @Override
  public List<Body> bodies() {
    return attributes.byName().values().stream()
        .filter(Attribute.Subgraph.class::isInstance)
        .map(value -> ((Attribute.Subgraph) value).body())
        .toList();
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    return outputs;
  }
}
