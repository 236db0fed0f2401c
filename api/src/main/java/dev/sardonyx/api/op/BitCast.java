package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** The bits of the elements read as another type of the same width. Source: ONNX BitCast. */
public record BitCast(DType to) implements ElementwiseOp {
  @Override
  public String name() {
    return "BitCast";
  }

  @Override
  public int sinceOpset() {
    return 26;
  }

  @Override
  public Precision precision() {
    return Precision.EXACT;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("to", Attribute.of((long) to.onnxCode()));
  }

  static BitCast read(Attributes attributes) {
    return new BitCast(DType.ofOnnxCode(attributes.only("to").int32("to", 0)));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(1, 1).tensor(0, "input");
    if (x.dtype().bits() != to.bits() || to == DType.STRING) {
      throw new SardonyxException(
          ErrorCode.DTYPE,
          "BitCast: both types must have the same number of bits, found "
              + x.dtype()
              + " and "
              + to);
    }
    return List.of(new TensorType(to, x.shape()));
  }
}
