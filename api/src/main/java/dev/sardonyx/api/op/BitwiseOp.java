package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Set;

/** Functions of the bits of integers; two operands broadcast. */
public sealed interface BitwiseOp extends ElementwiseOp {

  /**
   * X with its bits moved by Y places to the left or the right, zeros moving in; 0 where Y is the
   * width of the type or more. Of unsigned integers. Source: ONNX BitShift.
   */
  record BitShift(boolean left) implements BitwiseOp {
    @Override
    public String name() {
      return "BitShift";
    }

    @Override
    public int sinceOpset() {
      return 11;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("direction", Attribute.of(left ? "LEFT" : "RIGHT"));
    }

    static BitShift read(Attributes attributes) {
      String direction = attributes.only("direction").string("direction", "");
      if (!direction.equals("LEFT") && !direction.equals("RIGHT")) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "BitShift: direction must be LEFT or RIGHT, found '" + direction + "'");
      }
      return new BitShift(direction.equals("LEFT"));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return pairs(in, Inputs.UNSIGNED);
    }
  }

  /** The bits that both have. */
  record BitwiseAnd() implements BitwiseOp {
    @Override
    public String name() {
      return "BitwiseAnd";
    }
  }

  /** The bits that X does not have. */
  record BitwiseNot() implements BitwiseOp {
    @Override
    public String name() {
      return "BitwiseNot";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "X", Inputs.INTEGERS);
      return List.of(in.tensor(0, "X"));
    }
  }

  /** The bits that one of both has. */
  record BitwiseOr() implements BitwiseOp {
    @Override
    public String name() {
      return "BitwiseOr";
    }
  }

  /** The bits that exactly one of both has. */
  record BitwiseXor() implements BitwiseOp {
    @Override
    public String name() {
      return "BitwiseXor";
    }
  }

  @Override
  default int sinceOpset() {
    return 18;
  }

  @Override
  default Precision precision() {
    return Precision.EXACT;
  }

  @Override
  default List<ValueType> infer(Inputs in) {
    return pairs(in, Inputs.INTEGERS);
  }

  private static List<ValueType> pairs(Inputs in, Set<DType> allowed) {
    DType dtype = in.requireCount(2, 2).requireDType(0, "A", allowed);
    in.sameDType(0, 1);
    return List.of(new TensorType(dtype, in.broadcast(0, 1)));
  }
}
