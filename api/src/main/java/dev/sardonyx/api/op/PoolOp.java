package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Pools: X (N, C, spatial...) -> Y (N, C, spatial...), each plane alone. */
public sealed interface PoolOp extends Op
    permits PoolOp.AveragePool,
        PoolOp.GlobalAveragePool,
        PoolOp.GlobalLpPool,
        PoolOp.GlobalMaxPool,
        PoolOp.LpPool,
        PoolOp.MaxPool,
        MaxUnpool,
        RegionOp {
  /** What MaxPool takes. */
  Set<DType> ORDERED = ordered();

  private static Set<DType> ordered() {
    EnumSet<DType> result = EnumSet.copyOf(Inputs.FLOATS);
    result.addAll(EnumSet.of(DType.INT8, DType.UINT8));
    return Collections.unmodifiableSet(result);
  }

  /**
   * The largest element of each window, where padding never wins, and on request its place in X,
   * int64: counted over all of X, in a plane with the first spatial axis fastest if columnMajor.
   * Source: ONNX MaxPool.
   */
  record MaxPool(Window window, boolean columnMajor) implements PoolOp {
    /** With places counted with the last axis fastest. */
    public MaxPool(Window window) {
      this(window, false);
    }

    @Override
    public String name() {
      return "MaxPool";
    }

    @Override
    public int sinceOpset() {
      boolean plain = window.dilations().stream().allMatch(d -> d == 1) && !window.ceilMode();
      return !plain ? 10 : columnMajor ? 8 : 1;
    }

    @Override
    public Attributes attributes() {
      return window
          .attributes()
          .with("storage_order", Attribute.of(columnMajor), Attribute.of(false));
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    static MaxPool read(Attributes attributes) {
      attributes.only(
          "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides");
      return new MaxPool(Window.read(attributes), attributes.bool("storage_order", false));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      var y = (TensorType) pooled(in, window, ORDERED).getFirst();
      return List.of(y, new TensorType(DType.INT64, y.shape()));
    }
  }

  /** The mean of each window; padding counts as zeros only on request. Source: ONNX AveragePool. */
  record AveragePool(Window window, boolean countIncludePad) implements PoolOp {
    @Override
    public String name() {
      return "AveragePool";
    }

    @Override
    public int sinceOpset() {
      boolean dilated = window.dilations().stream().anyMatch(d -> d != 1);
      return dilated ? 19 : window.ceilMode() ? 10 : 7;
    }

    @Override
    public Attributes attributes() {
      return window
          .attributes()
          .with("count_include_pad", Attribute.of(countIncludePad), Attribute.of(false));
    }

    static AveragePool read(Attributes attributes) {
      attributes.only(
          "auto_pad",
          "ceil_mode",
          "count_include_pad",
          "dilations",
          "kernel_shape",
          "pads",
          "strides");
      return new AveragePool(Window.read(attributes), attributes.bool("count_include_pad", false));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return pooled(in, window, Inputs.FLOATS);
    }
  }

  /** The p-th root of the sum of each window's sizes to the power of p. Source: ONNX LpPool. */
  record LpPool(Window window, int p) implements PoolOp {
    @Override
    public String name() {
      return "LpPool";
    }

    @Override
    public int sinceOpset() {
      boolean plain = window.dilations().stream().allMatch(d -> d == 1) && !window.ceilMode();
      return plain ? 2 : 18;
    }

    @Override
    public Attributes attributes() {
      return window.attributes().with("p", Attribute.of(p), Attribute.of(2));
    }

    static LpPool read(Attributes attributes) {
      attributes.only("auto_pad", "ceil_mode", "dilations", "kernel_shape", "p", "pads", "strides");
      return new LpPool(Window.read(attributes), readPower("LpPool", attributes));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return pooled(in, window, Inputs.FLOATS);
    }
  }

  /** The same of each plane; spatial dims become 1. Source: ONNX GlobalLpPool. */
  record GlobalLpPool(int p) implements PoolOp {
    @Override
    public String name() {
      return "GlobalLpPool";
    }

    @Override
    public int sinceOpset() {
      return 2;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("p", Attribute.of(p), Attribute.of(2));
    }

    static GlobalLpPool read(Attributes attributes) {
      return new GlobalLpPool(readPower("GlobalLpPool", attributes.only("p")));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return ofPlanes(in);
    }
  }

  private static int readPower(String operator, Attributes attributes) {
    int p = attributes.int32("p", 2);
    if (p < 1) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, operator + ": p must be 1 or more, found " + p);
    }
    return p;
  }

  /** The mean of each plane; spatial dims become 1. Source: ONNX GlobalAveragePool. */
  record GlobalAveragePool() implements PoolOp {
    @Override
    public String name() {
      return "GlobalAveragePool";
    }

    @Override
    public int sinceOpset() {
      return 1;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return ofPlanes(in);
    }
  }

  /** The largest element of each plane; spatial dims become 1. Source: ONNX GlobalMaxPool. */
  record GlobalMaxPool() implements PoolOp {
    @Override
    public String name() {
      return "GlobalMaxPool";
    }

    @Override
    public int sinceOpset() {
      return 1;
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return ofPlanes(in);
    }
  }

  private static List<ValueType> ofPlanes(Inputs in) {
    TensorType x = in.requireCount(1, 1).atLeastRank(0, "X", 2);
    in.requireDType(0, "X", Inputs.FLOATS);
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, 2));
    dims.addAll(Collections.nCopies(x.rank() - 2, Dim.of(1)));
    return List.of(x.withShape(Shape.of(dims)));
  }

  private static List<ValueType> pooled(Inputs in, Window window, Set<DType> allowed) {
    TensorType x = in.requireCount(1, 1).ranked(0, "X", window.rank() + 2);
    in.requireDType(0, "X", allowed);
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, 2));
    dims.addAll(window.output(in, x.shape().dims().subList(2, x.rank())));
    return List.of(x.withShape(Shape.of(dims)));
  }
}
