package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that make one element of many along axes, or of all up to each. */
public sealed interface ReductionOp extends Op {

  /** What becomes of the elements that are reduced. */
  enum Reduction {
    /** Their sum. */
    SUM("ReduceSum", 13),
    /** Their sum over their number. */
    MEAN("ReduceMean", 18),
    /** The largest. */
    MAX("ReduceMax", 18),
    /** The least. */
    MIN("ReduceMin", 18),
    /** Their product. */
    PROD("ReduceProd", 18),
    /** The sum of their sizes. */
    L1("ReduceL1", 18),
    /** The root of the sum of their squares. */
    L2("ReduceL2", 18),
    /** The logarithm of their sum. */
    LOG_SUM("ReduceLogSum", 18),
    /** The logarithm of the sum of their exponentials. */
    LOG_SUM_EXP("ReduceLogSumExp", 18),
    /** The sum of their squares. */
    SUM_SQUARE("ReduceSumSquare", 18);

    private final String operator;
    private final int sinceOpset;

    Reduction(String operator, int sinceOpset) {
      this.operator = operator;
      this.sinceOpset = sinceOpset;
    }
  }

  /**
   * A reduction over the axes that input 1 names; over all where it names none, or over none with
   * noopWithEmptyAxes. Reduced axes stay as 1 with keepdims. Source: ONNX ReduceSum and its kin.
   */
  record Reduce(Reduction reduction, boolean keepdims, boolean noopWithEmptyAxes)
      implements ReductionOp {

    /** A reduction over all axes where none are named. */
    public Reduce(Reduction reduction, boolean keepdims) {
      this(reduction, keepdims, false);
    }

    @Override
    public String name() {
      return reduction.operator;
    }

    @Override
    public int sinceOpset() {
      return reduction.sinceOpset;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("keepdims", Attribute.of(keepdims), Attribute.of(true))
          .with("noop_with_empty_axes", Attribute.of(noopWithEmptyAxes), Attribute.of(false));
    }

    static Reduce read(Reduction reduction, Attributes attributes) {
      attributes.only("keepdims", "noop_with_empty_axes");
      return new Reduce(
          reduction,
          attributes.bool("keepdims", true),
          attributes.bool("noop_with_empty_axes", false));
    }

    /** The largest and the least are elements as they are; all else is rounded. */
    @Override
    public Precision precision() {
      return switch (reduction) {
        case MAX, MIN -> Precision.EXACT;
        case SUM, MEAN, PROD, L1, L2, LOG_SUM, LOG_SUM_EXP, SUM_SQUARE -> Precision.ROUNDED;
      };
    }

    /** The axes for a tensor of this rank, where input 1 names these. */
    public List<Integer> axes(List<Integer> named, int rank) {
      return named.isEmpty() && !noopWithEmptyAxes
          ? IntStream.range(0, rank).boxed().toList()
          : named;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 2).tensor(0, "data");
      Optional<List<Long>> named = in.has(1) ? in.numbers(1) : Optional.of(List.of());
      if (!x.shape().isKnown() || named.isEmpty()) {
        return List.of(x.withShape(Shape.unknown()));
      }
      List<Integer> axes = axes(in.axes(named.get(), x.rank()), x.rank());
      return List.of(x.withShape(reduced(x.shape(), axes, keepdims)));
    }
  }

  /**
   * The index of the largest element along an axis, or of the least: the first of equals, or the
   * last with selectLastIndex. Source: ONNX ArgMax, ArgMin.
   */
  record Arg(boolean max, int axis, boolean keepdims, boolean selectLastIndex)
      implements ReductionOp {
    @Override
    public String name() {
      return max ? "ArgMax" : "ArgMin";
    }

    @Override
    public int sinceOpset() {
      return selectLastIndex ? 12 : axis < 0 ? 11 : 1;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("axis", Attribute.of(axis), Attribute.of(0))
          .with("keepdims", Attribute.of(keepdims), Attribute.of(true))
          .with("select_last_index", Attribute.of(selectLastIndex), Attribute.of(false));
    }

    static Arg read(boolean max, Attributes attributes) {
      attributes.only("axis", "keepdims", "select_last_index");
      return new Arg(
          max,
          attributes.int32("axis", 0),
          attributes.bool("keepdims", true),
          attributes.bool("select_last_index", false));
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "data", Inputs.NUMBERS);
      Shape x = in.tensor(0, "data").shape();
      if (!x.isKnown()) {
        return List.of(new TensorType(DType.INT64, x));
      }
      int along = in.axis(x, axis);
      if (x.dim(along).equals(Dim.of(0))) {
        throw in.shapeError("axis " + axis + " of " + x + " has no elements");
      }
      return List.of(new TensorType(DType.INT64, reduced(x, List.of(along), keepdims)));
    }
  }

  /**
   * The sums of all elements up to each along the axis that input 1 names: without the element
   * itself when exclusive, from the end when reverse. Source: ONNX CumSum.
   */
  record CumSum(boolean exclusive, boolean reverse) implements ReductionOp {
    @Override
    public String name() {
      return "CumSum";
    }

    @Override
    public int sinceOpset() {
      return 11;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("exclusive", Attribute.of(exclusive), Attribute.of(false))
          .with("reverse", Attribute.of(reverse), Attribute.of(false));
    }

    static CumSum read(Attributes attributes) {
      attributes.only("exclusive", "reverse");
      return new CumSum(attributes.bool("exclusive", false), attributes.bool("reverse", false));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return alongOneAxis(in);
    }
  }

  /**
   * The products of all elements up to each along the axis that input 1 names, with the same two
   * attributes. Source: ONNX CumProd.
   */
  record CumProd(boolean exclusive, boolean reverse) implements ReductionOp {
    @Override
    public String name() {
      return "CumProd";
    }

    @Override
    public int sinceOpset() {
      return 26;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("exclusive", Attribute.of(exclusive), Attribute.of(false))
          .with("reverse", Attribute.of(reverse), Attribute.of(false));
    }

    static CumProd read(Attributes attributes) {
      attributes.only("exclusive", "reverse");
      return new CumProd(attributes.bool("exclusive", false), attributes.bool("reverse", false));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return alongOneAxis(in);
    }
  }

  private static List<ValueType> alongOneAxis(Inputs in) {
    TensorType x = in.requireCount(2, 2).atLeastRank(0, "x", 1);
    in.requireDType(0, "x", Inputs.NUMBERS);
    in.requireDType(1, "axis", EnumSet.of(DType.INT32, DType.INT64));
    Shape axis = in.tensor(1, "axis").shape();
    if (axis.isFixed() && axis.elements().fixed() != 1) {
      throw in.shapeError("axis must be one number, found " + axis);
    }
    if (x.shape().isKnown()) {
      in.numbers(1).ifPresent(named -> in.axes(named, x.rank()));
    }
    return List.of(x);
  }

  private static Shape reduced(Shape x, List<Integer> axes, boolean keepdims) {
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(x.dim(axis));
      } else if (keepdims) {
        dims.add(Dim.of(1));
      }
    }
    return Shape.of(dims);
  }
}
