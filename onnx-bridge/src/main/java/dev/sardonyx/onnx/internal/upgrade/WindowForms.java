package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import java.util.List;
import java.util.Optional;

/** Convolutions and pools, and what samples an image. */
final class WindowForms {
  private WindowForms() {}

  /** The attribute kernel_shape may be left out where the weights tell it. */
  static void convolution(Draft node, int weightsAt) {
    Optional<Shape> weights =
        node.shape(weightsAt).filter(Shape::isFixed).filter(s -> s.rank() > 2);
    if (!node.has("kernel_shape") && weights.isPresent()) {
      List<Dim> dims = weights.get().dims();
      node.set(
          "kernel_shape",
          new Attribute.Ints(dims.subList(2, dims.size()).stream().map(Dim::fixed).toList()));
    }
  }

  /** LpPool and GlobalLpPool: p was a float in opset 1. */
  static void lpPool(Draft node) {
    if (node.olderThan(2) && node.has("p")) {
      float p = node.attributes().floating("p", 2);
      if (p != (int) p) {
        node.refuse();
      }
      node.set("p", Attribute.of((long) p));
    }
  }

  /** Before opset 16 regions were not shifted by half a pixel. */
  static void roiAlign(Draft node) {
    if (node.olderThan(16)) {
      node.set("coordinate_transformation_mode", Attribute.of("output_half_pixel"));
    }
  }

  /** Modes had names of two dims before opset 20. */
  static void gridSample(Draft node) {
    if (node.olderThan(20)) {
      String mode = node.attributes().string("mode", "bilinear");
      String newest =
          switch (mode) {
            case "bilinear" -> "linear";
            case "bicubic" -> "cubic";
            default -> mode;
          };
      node.set("mode", Attribute.of(newest));
    }
  }
}
