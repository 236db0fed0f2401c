package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Questions about elements; the answer is bool. Two operands broadcast. */
public sealed interface PredicateOp extends ElementwiseOp {

  /** Whether both are true. */
  record And() implements PredicateOp {
    @Override
    public String name() {
      return "And";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return logical(in);
    }
  }

  /** Whether A = B; NaN equals nothing. Also of bool. */
  record Equal() implements PredicateOp {
    @Override
    public String name() {
      return "Equal";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      EnumSet<DType> allowed = EnumSet.copyOf(Inputs.NUMBERS);
      allowed.addAll(EnumSet.of(DType.BOOL, DType.STRING));
      return compared(in, allowed);
    }
  }

  /** Whether A &gt; B. */
  record Greater() implements PredicateOp {
    @Override
    public String name() {
      return "Greater";
    }
  }

  /** Whether A &gt;= B. */
  record GreaterOrEqual() implements PredicateOp {
    @Override
    public String name() {
      return "GreaterOrEqual";
    }

    @Override
    public int sinceOpset() {
      return 12;
    }
  }

  /** Whether X is infinite, of the signs asked for. */
  record IsInf(boolean detectNegative, boolean detectPositive) implements PredicateOp {
    @Override
    public String name() {
      return "IsInf";
    }

    @Override
    public int sinceOpset() {
      return 10;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("detect_negative", Attribute.of(detectNegative), Attribute.of(true))
          .with("detect_positive", Attribute.of(detectPositive), Attribute.of(true));
    }

    static IsInf read(Attributes attributes) {
      attributes.only("detect_negative", "detect_positive");
      return new IsInf(
          attributes.bool("detect_negative", true), attributes.bool("detect_positive", true));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 1).requireFloat(0, "X");
      return List.of(new TensorType(DType.BOOL, x.shape()));
    }
  }

  /** Whether X is NaN. */
  record IsNaN() implements PredicateOp {
    @Override
    public String name() {
      return "IsNaN";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 1).requireFloat(0, "X");
      return List.of(new TensorType(DType.BOOL, x.shape()));
    }
  }

  /** Whether A &lt; B. */
  record Less() implements PredicateOp {
    @Override
    public String name() {
      return "Less";
    }
  }

  /** Whether A &lt;= B. */
  record LessOrEqual() implements PredicateOp {
    @Override
    public String name() {
      return "LessOrEqual";
    }

    @Override
    public int sinceOpset() {
      return 12;
    }
  }

  /** Whether X is false. */
  record Not() implements PredicateOp {
    @Override
    public String name() {
      return "Not";
    }

    @Override
    public int sinceOpset() {
      return 1;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "X", EnumSet.of(DType.BOOL));
      return List.of(in.tensor(0, "X"));
    }
  }

  /** Whether one of both is true. */
  record Or() implements PredicateOp {
    @Override
    public String name() {
      return "Or";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return logical(in);
    }
  }

  /** Whether exactly one of both is true. */
  record Xor() implements PredicateOp {
    @Override
    public String name() {
      return "Xor";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return logical(in);
    }
  }

  @Override
  default int sinceOpset() {
    return 7;
  }

  @Override
  default Precision precision() {
    return Precision.EXACT;
  }

  @Override
  default List<ValueType> infer(Inputs in) {
    return compared(in, Inputs.NUMBERS);
  }

  private static List<ValueType> logical(Inputs in) {
    return compared(in, EnumSet.of(DType.BOOL));
  }

  private static List<ValueType> compared(Inputs in, Set<DType> allowed) {
    in.requireCount(2, 2).requireDType(0, "A", allowed);
    in.sameDType(0, 1);
    return List.of(new TensorType(DType.BOOL, in.broadcast(0, 1)));
  }
}
