package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * Weights that fade a piece of a signal out at its ends. Input 0 is how many: a scalar integer. A
 * periodic one is the first part of a symmetric one that has one weight more.
 */
public sealed interface TaperOp extends SignalOp {
  /** The element type of the weights. */
  DType outputDatatype();

  /** Whether the weights begin anew behind the last one. */
  boolean periodic();

  /** sin^2(pi i / n). Source: ONNX HannWindow. */
  record HannWindow(DType outputDatatype, boolean periodic) implements TaperOp {
    @Override
    public String name() {
      return "HannWindow";
    }
  }

  /** 25/46 - 21/46 cos(2 pi i / n). Source: ONNX HammingWindow. */
  record HammingWindow(DType outputDatatype, boolean periodic) implements TaperOp {
    @Override
    public String name() {
      return "HammingWindow";
    }
  }

  /** 0.42 - 0.5 cos(2 pi i / n) + 0.08 cos(4 pi i / n). Source: ONNX BlackmanWindow. */
  record BlackmanWindow(DType outputDatatype, boolean periodic) implements TaperOp {
    @Override
    public String name() {
      return "BlackmanWindow";
    }
  }

  /** Makes a taper of its attributes. */
  @FunctionalInterface
  interface Maker {
    /** The taper. */
    TaperOp make(DType outputDatatype, boolean periodic);
  }

  /** The taper that attributes describe. Errors: FORMAT for a type that is none. */
  static TaperOp read(Maker maker, Attributes attributes) {
    attributes.only("output_datatype", "periodic");
    return maker.make(outputDatatype(attributes), attributes.bool("periodic", true));
  }

  /** The element type that is written as a number in attributes, float32 where it is not. */
  static DType outputDatatype(Attributes attributes) {
    return DType.ofOnnxCode(attributes.int32("output_datatype", DType.FLOAT32.onnxCode()));
  }

  @Override
  default int sinceOpset() {
    return 17;
  }

  @Override
  default Attributes attributes() {
    return Attributes.none()
        .with(
            "output_datatype",
            Attribute.of(outputDatatype().onnxCode()),
            Attribute.of(DType.FLOAT32.onnxCode()))
        .with("periodic", Attribute.of(periodic()), Attribute.of(true));
  }

  @Override
  default List<ValueType> infer(Inputs in) {
    in.requireCount(1, 1).requireDType(0, "size", Inputs.INDICES);
    requireNumbers(name(), outputDatatype());
    return List.of(TensorType.of(outputDatatype(), in.size(0, "size")));
  }

  /** Demands a type of numbers as output. Errors: DTYPE. */
  static void requireNumbers(String operator, DType type) {
    if (!Inputs.NUMBERS.contains(type)) {
      throw new SardonyxException(
          ErrorCode.DTYPE,
          operator + ": output_datatype must be one of " + Inputs.NUMBERS + ", found " + type);
    }
  }
}
