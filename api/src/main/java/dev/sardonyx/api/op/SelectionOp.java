package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Operators that select elements by what they are: how many is known when they are looked at. */
public sealed interface SelectionOp extends Op {
  @Override
  default Precision precision() {
    return Precision.EXACT;
  }

  /**
   * The slices along an axis, or the elements, where the condition (input 1) is true; it may be
   * shorter than what it is for. Source: ONNX Compress.
   *
   * @param axis empty for elements in row-major order
   */
  record Compress(Optional<Integer> axis) implements SelectionOp {
    @Override
    public String name() {
      return "Compress";
    }

    @Override
    public int sinceOpset() {
      return axis.orElse(0) < 0 ? 11 : 9;
    }

    @Override
    public Attributes attributes() {
      return withAxis(Attributes.none(), axis);
    }

    static Compress read(Attributes attributes) {
      return new Compress(readAxis(attributes.only("axis")));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(2, 2).atLeastRank(0, "input", 1);
      in.ranked(1, "condition", 1);
      in.requireDType(1, "condition", EnumSet.of(DType.BOOL));
      return List.of(x.withShape(selected(in, x.shape(), axis, new Dim.Unknown())));
    }
  }

  /** The indices of all elements that are not 0: a row for each axis. Source: ONNX NonZero. */
  record NonZero() implements SelectionOp {
    @Override
    public String name() {
      return "NonZero";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      Shape x = in.requireCount(1, 1).tensor(0, "X").shape();
      Dim rank = x.isKnown() ? Dim.of(x.rank()) : new Dim.Unknown();
      return List.of(TensorType.of(DType.INT64, rank, new Dim.Unknown()));
    }
  }

  /**
   * Each element, or slice along an axis, once: in ascending order or that of their first places.
   * Outputs: these, their first indices, for each of the input its index among these, and how often
   * each is there. Source: ONNX Unique.
   *
   * @param axis empty for elements
   */
  record Unique(Optional<Integer> axis, boolean sorted) implements SelectionOp {
    @Override
    public String name() {
      return "Unique";
    }

    @Override
    public int sinceOpset() {
      return 11;
    }

    @Override
    public Attributes attributes() {
      return withAxis(Attributes.none(), axis)
          .with("sorted", Attribute.of(sorted), Attribute.of(true));
    }

    static Unique read(Attributes attributes) {
      return new Unique(
          readAxis(attributes.only("axis", "sorted")), attributes.bool("sorted", true));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 1).tensor(0, "X");
      Dim count = new Dim.Unknown();
      TensorType some = TensorType.of(DType.INT64, count);
      return List.of(
          x.withShape(selected(in, x.shape(), axis, count)),
          some,
          TensorType.of(DType.INT64, all(in, x.shape())),
          some);
    }

    private Dim all(Inputs in, Shape x) {
      if (!x.isKnown()) {
        return new Dim.Unknown();
      }
      return axis.map(along -> x.dim(in.axis(x, along))).orElseGet(x::elements);
    }
  }

  /**
   * Boxes of the highest scores that overlap no chosen one by more than a threshold, per batch and
   * class: rows [batch, class, box]. Inputs: boxes (batch, N, 4), scores (batch, classes, N), and
   * at most how many per class (0), the share of overlap (0) and the least score (none). Source:
   * ONNX NonMaxSuppression.
   *
   * @param centerPointBox whether boxes are [x, y, width, height] about their centers, else two
   *     corners [y, x, y, x]
   */
  record NonMaxSuppression(boolean centerPointBox) implements SelectionOp {
    @Override
    public String name() {
      return "NonMaxSuppression";
    }

    @Override
    public int sinceOpset() {
      return 10;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("center_point_box", Attribute.of(centerPointBox), Attribute.of(false));
    }

    static NonMaxSuppression read(Attributes attributes) {
      return new NonMaxSuppression(
          attributes.only("center_point_box").bool("center_point_box", false));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType boxes = in.requireCount(2, 5).ranked(0, "boxes", 3);
      TensorType scores = in.ranked(1, "scores", 3);
      EnumSet<DType> floats = EnumSet.of(DType.FLOAT32);
      in.requireDType(0, "boxes", floats);
      in.requireDType(1, "scores", floats);
      if (boxes.shape().isKnown() && scores.shape().isKnown()) {
        in.requireEqual(boxes.dim(0), scores.dim(0), "boxes and scores must be of one batch");
        in.requireEqual(boxes.dim(1), scores.dim(2), "each box must have its scores");
        in.requireEqual(boxes.dim(2), Dim.of(4), "boxes must have 4 numbers");
      }
      single(in, 2, "max_output_boxes_per_class", EnumSet.of(DType.INT64));
      single(in, 3, "iou_threshold", floats);
      single(in, 4, "score_threshold", floats);
      return List.of(TensorType.of(DType.INT64, new Dim.Unknown(), Dim.of(3)));
    }

    private static void single(Inputs in, int index, String name, EnumSet<DType> types) {
      if (in.has(index)) {
        in.requireDType(index, name, types);
        Shape shape = in.tensor(index, name).shape();
        if (shape.isFixed() && shape.elements().fixed() != 1) {
          throw in.shapeError(name + " must have one element, found " + shape);
        }
      }
    }
  }

  private static Shape selected(Inputs in, Shape x, Optional<Integer> axis, Dim count) {
    if (axis.isEmpty()) {
      return Shape.of(List.of(count));
    }
    return x.isKnown() ? x.with(in.axis(x, axis.get()), count) : x;
  }

  private static Optional<Integer> readAxis(Attributes attributes) {
    return attributes.byName().containsKey("axis")
        ? Optional.of(attributes.int32("axis", 0))
        : Optional.empty();
  }

  private static Attributes withAxis(Attributes attributes, Optional<Integer> axis) {
    return axis.map(value -> attributes.with("axis", Attribute.of(value))).orElse(attributes);
  }
}
