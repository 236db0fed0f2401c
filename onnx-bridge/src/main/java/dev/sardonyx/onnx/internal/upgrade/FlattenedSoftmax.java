package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Softmax, LogSoftmax and Hardmax before opset 13: all dims from the axis on were taken as one.
 * Source: ONNX Softmax-11.
 */
final class FlattenedSoftmax {
  private FlattenedSoftmax() {}

  static void upgrade(Draft node) {
    if (!node.olderThan(13)) {
      return;
    }
    int axis = node.attributes().int32("axis", 1);
    Optional<Shape> shape = node.shape(0);
    boolean outside =
        shape.isPresent() && (axis >= shape.get().rank() || axis < -shape.get().rank());
    if (outside) {
      node.refuse();
    } else if (axis == -1 || shape.isPresent() && isOneAxis(shape.get(), axis)) {
      node.set("axis", Attribute.of(axis));
    } else {
      String dims = node.before("Shape", Attributes.none(), node.input(0));
      Attributes from = Attributes.none().with("axis", Attribute.of(axis));
      node.input(0, node.before("Flatten", from, node.input(0)));
      node.set("axis", Attribute.of(-1));
      String output = node.output(0);
      node.after("Reshape", Attributes.none(), output, node.divert(0), dims);
    }
  }

  /** Whether all dims after the axis are 1. */
  private static boolean isOneAxis(Shape shape, int axis) {
    int first = axis < 0 ? axis + shape.rank() : axis;
    List<Dim> rest = shape.dims().subList(first + 1, shape.rank());
    return rest.stream().allMatch(dim -> dim.isFixed() && dim.fixed() == 1);
  }
}
