package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.type.DType;
import java.util.Optional;

/** Operators on elements one by one. */
final class ElementForms {
  private ElementForms() {}

  /** The type was a name in opsets 1 to 5. */
  static void cast(Draft node) {
    if (node.attributes().byName().get("to") instanceof Attribute.StringValue(String name)
        && node.olderThan(6)) {
      Optional<DType> dtype = dtype(name);
      if (dtype.isPresent()) {
        node.set("to", Attribute.of(dtype.get().onnxCode()));
      } else {
        node.refuse();
      }
    }
  }

  /** The types of opset 1 by the names of onnx.proto. */
  private static Optional<DType> dtype(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "FLOAT" -> DType.FLOAT32;
          case "UINT8" -> DType.UINT8;
          case "INT8" -> DType.INT8;
          case "UINT16" -> DType.UINT16;
          case "INT16" -> DType.INT16;
          case "INT32" -> DType.INT32;
          case "INT64" -> DType.INT64;
          case "BOOL" -> DType.BOOL;
          case "FLOAT16" -> DType.FLOAT16;
          case "DOUBLE" -> DType.FLOAT64;
          case "UINT32" -> DType.UINT32;
          case "UINT64" -> DType.UINT64;
          default -> null;
        });
  }

  /** Opset 1 had its constants with four digits. */
  static void selu(Draft node) {
    if (node.olderThan(6)) {
      node.set("alpha", Attribute.of(node.attributes().floating("alpha", 1.6732f)));
      node.set("gamma", Attribute.of(node.attributes().floating("gamma", 1.0507f)));
    }
  }

  /** Scatter is ScatterElements by its first name. */
  static void scatter(Draft node) {
    Attributes attributes = node.attributes();
    node.become("ScatterElements", attributes);
  }
}
