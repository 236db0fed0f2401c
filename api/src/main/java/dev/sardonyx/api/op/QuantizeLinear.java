package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * y = saturate(round(x / y_scale) + y_zero_point), ties to even; floats are not rounded to whole
 * numbers. Inputs: x, y_scale, optionally y_zero_point. Source: ONNX QuantizeLinear.
 *
 * @param outputDtype the type of y; empty for that of the zero point, or uint8 without one
 * @param divisionDtype the type in which x is divided, the attribute precision; empty for that of
 *     y_scale
 * @param saturate as {@link Cast} has it for floats of 8 bits
 */
public record QuantizeLinear(
    Granularity granularity,
    Optional<DType> outputDtype,
    Optional<DType> divisionDtype,
    boolean saturate)
    implements QuantizationOp {
  private static final Set<DType> INPUTS =
      EnumSet.of(DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16, DType.INT32);
  private static final Set<DType> DIVIDED =
      EnumSet.of(DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16, DType.INT32, DType.FLOAT8E8M0);

  @Override
  public String name() {
    return "QuantizeLinear";
  }

  @Override
  public int sinceOpset() {
    int form =
        divisionDtype.isPresent()
            ? 23
            : outputDtype.isPresent() || granularity.blockSize() != 0 ? 21 : saturate ? 13 : 19;
    return Math.max(form, outputDtype.map(Cast::sinceOpset).orElse(0));
  }

  @Override
  public Attributes attributes() {
    return granularity
        .attributes()
        .with("output_dtype", code(outputDtype), Attribute.of(0))
        .with("precision", code(divisionDtype), Attribute.of(0))
        .with("saturate", Attribute.of(saturate ? 1 : 0), Attribute.of(1));
  }

  static Attribute code(Optional<DType> type) {
    return Attribute.of(type.map(DType::onnxCode).orElse(0));
  }

  static Optional<DType> type(Attributes attributes, String name) {
    int code = attributes.int32(name, 0);
    return code == 0 ? Optional.empty() : Optional.of(DType.ofOnnxCode(code));
  }

  static QuantizeLinear read(Attributes attributes) {
    attributes.only("axis", "block_size", "output_dtype", "precision", "saturate");
    return new QuantizeLinear(
        Granularity.read(attributes),
        type(attributes, "output_dtype"),
        type(attributes, "precision"),
        attributes.bool("saturate", true));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(2, 3).requireDType(0, "x", INPUTS);
    in.requireDType(1, "y_scale", DIVIDED);
    granularity.require(in);
    Optional<DType> zero =
        in.has(2) ? Optional.of(in.requireDType(2, "y_zero_point", QUANTIZED)) : Optional.empty();
    DType y = zero.or(() -> outputDtype).orElse(DType.UINT8);
    if (outputDtype.isPresent() && outputDtype.get() != y || !QUANTIZED.contains(y)) {
      throw new SardonyxException(
          ErrorCode.DTYPE,
          "QuantizeLinear: output_dtype must be that of y_zero_point and one of "
              + QUANTIZED
              + ", found "
              + outputDtype.orElse(y)
              + zero.map(type -> " and " + type).orElse(""));
    }
    if (divisionDtype.isPresent() && !Inputs.FLOATS.contains(divisionDtype.get())) {
      throw in.argumentError(
          "precision must be a float of 16 bits or more, found " + divisionDtype.get());
    }
    return List.of(new TensorType(y, in.tensor(0, "x").shape()));
  }
}
