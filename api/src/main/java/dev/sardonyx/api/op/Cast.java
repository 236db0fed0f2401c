package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The elements in another type: floats are cut towards zero on the way to integers, which keep
 * their low bits on the way to narrower ones; what is not 0 is true. Source: ONNX Cast.
 *
 * @param saturate whether a float of 8 bits is the largest one where the number is beyond it
 * @param roundMode to which power of two a number goes; for float8e8m0 alone
 */
public record Cast(DType to, boolean saturate, RoundMode roundMode) implements ElementwiseOp {

  /** Which of two powers of two a number between them becomes. */
  public enum RoundMode {
    UP,
    DOWN,
    /** The one it is nearest to, of two the larger. */
    NEAREST;

    static RoundMode read(Attributes attributes) {
      String name = attributes.string("round_mode", "up");
      for (RoundMode mode : values()) {
        if (mode.text().equals(name)) {
          return mode;
        }
      }
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "round_mode must be up, down or nearest, found " + name);
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The cast with the defaults of its attributes. */
  public Cast(DType to) {
    this(to, true, RoundMode.UP);
  }

  @Override
  public String name() {
    return "Cast";
  }

  @Override
  public int sinceOpset() {
    return Math.max(6, sinceOpset(to));
  }

  /** The opset in which Cast and its like learnt a type. */
  static int sinceOpset(DType type) {
    return switch (type) {
      case FLOAT32, FLOAT64, FLOAT16, BOOL, STRING, COMPLEX64, COMPLEX128 -> 1;
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> 1;
      case BFLOAT16 -> 13;
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> 19;
      case UINT4, INT4 -> 21;
      case FLOAT4E2M1 -> 23;
      case FLOAT8E8M0 -> 24;
      case UINT2, INT2 -> 25;
    };
  }

  @Override
  public Precision precision() {
    return Precision.EXACT;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("to", Attribute.of((long) to.onnxCode()))
        .with("saturate", Attribute.of(saturate ? 1 : 0), Attribute.of(1))
        .with("round_mode", Attribute.of(roundMode.text()), Attribute.of("up"));
  }

  /** What is asked of floats of 8 bits, saturate and round_mode, means nothing to other types. */
  static Cast read(Attributes attributes) {
    attributes.only("to", "saturate", "round_mode");
    DType to = DType.ofOnnxCode(attributes.int32("to", 0));
    boolean saturate = !to.isFloat() || to.bits() != 8 || attributes.bool("saturate", true);
    RoundMode mode = RoundMode.read(attributes);
    return new Cast(to, saturate, to == DType.FLOAT8E8M0 ? mode : RoundMode.UP);
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    return List.of(new TensorType(to, in.requireCount(1, 1).tensor(0, "input").shape()));
  }

  /** Whole numbers of 64 bits are followed; shapes are far below what 32 bits hold. */
  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    return to == DType.INT64 || to == DType.INT32 ? in.contents(0) : Optional.empty();
  }
}
