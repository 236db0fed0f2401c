package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Upsample and the first Resize: output elements lie at multiples of 1 / scale. Source: ONNX
 * Upsample-1, Upsample-7, Upsample-9, Resize-10.
 */
final class ResizeForms {
  private ResizeForms() {}

  static void upsample(Draft node) {
    if (node.olderThan(7)) {
      float height = node.attributes().floating("height_scale", 0);
      float width = node.attributes().floating("width_scale", 0);
      scales(node, new float[] {1, 1, height, width});
    } else if (node.olderThan(9)) {
      List<Float> scales = node.attributes().floats("scales");
      float[] values = new float[scales.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = scales.get(i);
      }
      scales(node, values);
    }
    toResize(node, "floor");
  }

  private static void scales(Draft node, float[] values) {
    node.input(1, node.constant("scales", Tensor.of(values, values.length).dense()));
  }

  /**
   * Nearest took the element before where a dim grew, that after where it shrank, so that the
   * scales must be known, and all go one way.
   */
  static void resize(Draft node) {
    if (!node.olderThan(11)) {
      halfPixelForNearest(node);
      return;
    }
    Optional<List<Double>> scales = node.known(1).flatMap(input -> input.floats());
    boolean grows = scales.isPresent() && scales.get().stream().allMatch(scale -> scale >= 1);
    boolean shrinks = scales.isPresent() && scales.get().stream().allMatch(scale -> scale <= 1);
    boolean nearest = node.attributes().string("mode", "nearest").equals("nearest");
    if (nearest && !grows && !shrinks) {
      node.refuse();
    } else {
      toResize(node, grows || !nearest ? "floor" : "ceil");
    }
  }

  /**
   * Until opset 13 {@code tf_half_pixel_for_nn} put an element at (x + 0.5) / scale, half_pixel's
   * place and a half: what is rounded down there is rounded with halves up here, and what is
   * rounded with halves down is rounded up.
   */
  private static void halfPixelForNearest(Draft node) {
    String coordinates = "coordinate_transformation_mode";
    Attributes attributes = node.attributes();
    String mode =
        switch (attributes.string("nearest_mode", "round_prefer_floor")) {
          case "floor" -> "round_prefer_ceil";
          case "round_prefer_floor" -> "ceil";
          default -> "";
        };
    boolean there =
        attributes.string(coordinates, "half_pixel").equals("tf_half_pixel_for_nn")
            && attributes.string("mode", "nearest").equals("nearest");
    if (there && !mode.isEmpty()) {
      node.become(
          "Resize",
          attributes
              .with(coordinates, Attribute.of("half_pixel"))
              .with("nearest_mode", Attribute.of(mode)));
    }
  }

  private static void toResize(Draft node, String nearestMode) {
    String mode = node.attributes().string("mode", "nearest");
    node.become(
        "Resize",
        Attributes.none()
            .with("mode", Attribute.of(mode.equals("bilinear") ? "linear" : mode))
            .with("coordinate_transformation_mode", Attribute.of("asymmetric"))
            .with("nearest_mode", Attribute.of(nearestMode)));
    node.inputs(node.input(0), "", node.input(1));
  }
}
