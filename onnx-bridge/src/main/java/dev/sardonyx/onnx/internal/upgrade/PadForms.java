package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.type.DType;
import java.util.Optional;

/** Pad and Clip, whose numbers stood in attributes. */
final class PadForms {
  private PadForms() {}

  /** Pads and value were attributes before opset 11; pads had another name in opset 1. */
  static void pad(Draft node) {
    if (!node.olderThan(11)) {
      return;
    }
    node.toInput(node.olderThan(2) ? "paddings" : "pads", 1);
    float value = node.attributes().floating("value", 0);
    node.drop("value");
    if (value != 0) {
      number(node, "value", value, 2);
    }
  }

  /** The bounds were attributes before opset 11; from 6 on their defaults were finite. */
  static void clip(Draft node) {
    if (!node.olderThan(11)) {
      return;
    }
    boolean always = !node.olderThan(6);
    float least = node.attributes().floating("min", -Float.MAX_VALUE);
    float most = node.attributes().floating("max", Float.MAX_VALUE);
    boolean hasLeast = node.has("min") || always;
    boolean hasMost = node.has("max") || always;
    node.drop("min", "max");
    if (hasLeast) {
      number(node, "min", least, 1);
    }
    if (hasMost) {
      number(node, "max", most, 2);
    }
  }

  /** A number of the type of the first input becomes an input. */
  private static void number(Draft node, String name, float value, int index) {
    Optional<DType> dtype = node.dtype(0).filter(DType::isFloat);
    if (dtype.isEmpty()) {
      node.refuse();
    } else {
      node.input(index, node.constant(name, NormalizationForms.scalar(value, dtype.get())));
    }
  }
}
