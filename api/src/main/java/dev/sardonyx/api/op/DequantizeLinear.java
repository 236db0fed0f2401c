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
 * y = (x - x_zero_point) * x_scale. Inputs: x, x_scale, optionally x_zero_point. Source: ONNX
 * DequantizeLinear.
 *
 * @param outputDtype the type of y, in which is multiplied; empty for that of x_scale
 */
public record DequantizeLinear(Granularity granularity, Optional<DType> outputDtype)
    implements QuantizationOp {
  private static final Set<DType> OUTPUTS =
      EnumSet.of(DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16);

  @Override
  public String name() {
    return "DequantizeLinear";
  }

  @Override
  public int sinceOpset() {
    return outputDtype.isPresent() ? 23 : granularity.blockSize() != 0 ? 21 : 13;
  }

  @Override
  public Attributes attributes() {
    return granularity
        .attributes()
        .with("output_dtype", QuantizeLinear.code(outputDtype), Attribute.of(0));
  }

  static DequantizeLinear read(Attributes attributes) {
    attributes.only("axis", "block_size", "output_dtype");
    return new DequantizeLinear(
        Granularity.read(attributes), QuantizeLinear.type(attributes, "output_dtype"));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    Set<DType> inputs = EnumSet.copyOf(QUANTIZED);
    inputs.add(DType.INT32);
    in.requireCount(2, 3).requireDType(0, "x", inputs);
    in.requireDType(1, "x_scale", SCALES);
    granularity.require(in);
    if (in.has(2)) {
      in.sameDType(0, 2);
    }
    DType y = outputDtype.orElse(in.tensor(1, "x_scale").dtype());
    if (!OUTPUTS.contains(y)) {
      throw new SardonyxException(
          ErrorCode.DTYPE, "DequantizeLinear: y must be one of " + OUTPUTS + ", found " + y);
    }
    return List.of(new TensorType(y, in.tensor(0, "x").shape()));
  }
}
