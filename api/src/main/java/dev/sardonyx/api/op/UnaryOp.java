package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Optional;

/** Functions of one element: Y has the type of X. */
public sealed interface UnaryOp extends ElementwiseOp {

  /** Y = max(X, 0); NaN stays NaN. */
  record Relu() implements UnaryOp {
    @Override
    public String name() {
      return "Relu";
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    /** Also of signed integers. */
    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "X", Inputs.SIGNED);
      return List.of(in.tensor(0, "X"));
    }
  }

  /** Y = 1 / (1 + exp(-X)). */
  record Sigmoid() implements UnaryOp {
    @Override
    public String name() {
      return "Sigmoid";
    }
  }

  /** Hyperbolic tangent. */
  record Tanh() implements UnaryOp {
    @Override
    public String name() {
      return "Tanh";
    }
  }

  /** The exponential function. */
  record Exp() implements UnaryOp {
    @Override
    public String name() {
      return "Exp";
    }
  }

  /** The natural logarithm. */
  record Log() implements UnaryOp {
    @Override
    public String name() {
      return "Log";
    }
  }

  /** The square root; NaN below 0. */
  record Sqrt() implements UnaryOp {
    @Override
    public String name() {
      return "Sqrt";
    }
  }

  /** Y = -X. */
  record Neg() implements UnaryOp {
    @Override
    public String name() {
      return "Neg";
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    /** Also of signed integers. */
    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "X", Inputs.SIGNED);
      return List.of(in.tensor(0, "X"));
    }
  }

  /** |X|, also of integers. */
  record Abs() implements UnaryOp {
    @Override
    public String name() {
      return "Abs";
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "X", Inputs.NUMBERS);
      return List.of(in.tensor(0, "X"));
    }
  }

  /** The least whole number that is X or more. */
  record Ceil() implements UnaryOp {
    @Override
    public String name() {
      return "Ceil";
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }
  }

  /** The cosine. */
  record Cos() implements UnaryOp {
    @Override
    public String name() {
      return "Cos";
    }

    @Override
    public int sinceOpset() {
      return 7;
    }
  }

  /** The error function. */
  record Erf() implements UnaryOp {
    @Override
    public String name() {
      return "Erf";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }
  }

  /** The greatest whole number that is X or less. */
  record Floor() implements UnaryOp {
    @Override
    public String name() {
      return "Floor";
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }
  }

  /** Y = 1 / X. */
  record Reciprocal() implements UnaryOp {
    @Override
    public String name() {
      return "Reciprocal";
    }
  }

  /** The nearest whole number, ties to even. */
  record Round() implements UnaryOp {
    @Override
    public String name() {
      return "Round";
    }

    @Override
    public int sinceOpset() {
      return 11;
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }
  }

  /** -1, 0 or 1, also of integers; NaN stays NaN. */
  record Sign() implements UnaryOp {
    @Override
    public String name() {
      return "Sign";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "X", Inputs.NUMBERS);
      return List.of(in.tensor(0, "X"));
    }
  }

  /** The sine. */
  record Sin() implements UnaryOp {
    @Override
    public String name() {
      return "Sin";
    }

    @Override
    public int sinceOpset() {
      return 7;
    }
  }

  /** Y = X, of any type. */
  record Identity() implements UnaryOp {
    @Override
    public String name() {
      return "Identity";
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
      return List.of(in.requireCount(1, 1).value(0, "input"));
    }

    @Override
    public Optional<List<Dim>> contents(Inputs in) {
      return in.contents(0);
    }
  }

  @Override
  default int sinceOpset() {
    return 6;
  }

  @Override
  default List<ValueType> infer(Inputs in) {
    in.requireCount(1, 1).requireDType(0, "X", Inputs.FLOATS);
    return List.of(in.tensor(0, "X"));
  }
}
