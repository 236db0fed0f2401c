package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Upsample and the first Resize: output elements lie at multiples of 1 / scale. Source: ONNX
 * Upsample-1, Upsample-7, Upsample-9, Resize-10.
 */
final class ResizeForms {
  private static final String COORDINATES = "coordinate_transformation_mode";

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

  /** Nearest took the element before where a dim grew, that after where it shrank. */
  static void resize(Draft node) {
    if (!node.olderThan(11)) {
      halfPixelForNearest(node);
      cornersOfPyTorch(node);
      return;
    }
    Optional<List<Double>> scales = node.known(1).flatMap(input -> input.floats());
    boolean grows = scales.isPresent() && scales.get().stream().allMatch(scale -> scale >= 1);
    boolean shrinks = scales.isPresent() && scales.get().stream().allMatch(scale -> scale <= 1);
    boolean nearest = node.attributes().string("mode", "nearest").equals("nearest");
    if (nearest && !grows && !shrinks) {
      shrinkFirst(node, scales);
    }
    toResize(node, nearest && shrinks && !grows ? "ceil" : "floor");
  }

  /** Each axis is resized once: in the node before when its scale is below 1, else in this one. */
  private static void shrinkFirst(Draft node, Optional<List<Double>> scales) {
    String below =
        scales
            .map(known -> scales(node, known, scale -> Math.min(scale, 1)))
            .orElseGet(() -> node.before("Min", Attributes.none(), node.input(1), one(node)));
    String above =
        scales
            .map(known -> scales(node, known, scale -> Math.max(scale, 1)))
            .orElseGet(() -> node.before("Max", Attributes.none(), node.input(1), one(node)));
    node.inputs(
        node.before("Resize", asymmetric("nearest", "ceil"), node.input(0), "", below), above);
  }

  private static String one(Draft node) {
    return node.constant("one", Tensor.of(new float[] {1}, 1).dense());
  }

  private static String scales(Draft node, List<Double> scales, DoubleUnaryOperator change) {
    float[] values = new float[scales.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) change.applyAsDouble(scales.get(i));
    }
    return node.constant("scales", Tensor.of(values, values.length).dense());
  }

  /**
   * Until opset 13 {@code tf_half_pixel_for_nn} put an element at (x + 0.5) / scale, half_pixel's
   * place and a half: what is rounded down there is rounded with halves up here, and what is
   * rounded with halves down is rounded up.
   */
  private static void halfPixelForNearest(Draft node) {
    Attributes attributes = node.attributes();
    String mode =
        switch (attributes.string("nearest_mode", "round_prefer_floor")) {
          case "floor" -> "round_prefer_ceil";
          case "round_prefer_floor" -> "ceil";
          default -> "";
        };
    boolean there =
        attributes.string(COORDINATES, "half_pixel").equals("tf_half_pixel_for_nn")
            && attributes.string("mode", "nearest").equals("nearest");
    if (there && !mode.isEmpty()) {
      node.become(
          "Resize",
          attributes
              .with(COORDINATES, Attribute.of("half_pixel"))
              .with("nearest_mode", Attribute.of(mode)));
    }
  }

  /**
   * PyTorch aligns corners with those of what comes out, ONNX with where they would lie before the
   * size is rounded: so a file of PyTorch's means the sizes that its scales give.
   */
  private static void cornersOfPyTorch(Draft node) {
    Attributes attributes = node.attributes();
    boolean aligned = attributes.string(COORDINATES, "half_pixel").equals("align_corners");
    boolean scaled = node.hasInput(2) && !node.hasInput(3) && !node.has("axes");
    if (node.isFrom("pytorch") && aligned && scaled) {
      node.input(3, roundedSizes(node).orElseGet(() -> computedSizes(node)));
      node.input(2, "");
    }
  }

  private static Optional<String> roundedSizes(Draft node) {
    Optional<List<Double>> scales = node.known(2).flatMap(input -> input.floats());
    Optional<Shape> shape = node.shape(0).filter(Shape::isFixed);
    if (scales.isEmpty() || shape.isEmpty() || shape.get().rank() != scales.get().size()) {
      return Optional.empty();
    }
    List<Long> sizes = new ArrayList<>();
    for (int axis = 0; axis < scales.get().size(); axis++) {
      sizes.add((long) (shape.get().sizes()[axis] * scales.get().get(axis).floatValue()));
    }
    return Optional.of(node.vector("sizes", sizes));
  }

  private static String computedSizes(Draft node) {
    String shape = node.before("Shape", Attributes.none(), node.input(0));
    String lengths = node.before("Cast", AxesForms.castTo(DType.FLOAT32), shape);
    String exact = node.before("Mul", Attributes.none(), lengths, node.input(2));
    String rounded = node.before("Floor", Attributes.none(), exact);
    return node.before("Cast", AxesForms.castTo(DType.INT64), rounded);
  }

  private static void toResize(Draft node, String nearestMode) {
    String mode = node.attributes().string("mode", "nearest");
    node.become("Resize", asymmetric(mode.equals("bilinear") ? "linear" : mode, nearestMode));
    node.inputs(node.input(0), "", node.input(1));
  }

  private static Attributes asymmetric(String mode, String nearestMode) {
    return Attributes.none()
        .with("mode", Attribute.of(mode))
        .with(COORDINATES, Attribute.of("asymmetric"))
        .with("nearest_mode", Attribute.of(nearestMode));
  }
}
