package dev.sardonyx.api.op;

import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** Functions of angles, hyperbolic ones and their inverses: Y has the type of X, a float. */
public sealed interface TrigonometricOp extends ElementwiseOp {

  /** The angle whose cosine is X, within 0 and pi; NaN outside [-1, 1]. */
  record Acos() implements TrigonometricOp {
    @Override
    public String name() {
      return "Acos";
    }
  }

  /** The inverse of the hyperbolic cosine, 0 or more; NaN below 1. */
  record Acosh() implements TrigonometricOp {
    @Override
    public String name() {
      return "Acosh";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }
  }

  /** The angle whose sine is X, within -pi / 2 and pi / 2; NaN outside [-1, 1]. */
  record Asin() implements TrigonometricOp {
    @Override
    public String name() {
      return "Asin";
    }
  }

  /** The inverse of the hyperbolic sine. */
  record Asinh() implements TrigonometricOp {
    @Override
    public String name() {
      return "Asinh";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }
  }

  /** The angle whose tangent is X, within -pi / 2 and pi / 2. */
  record Atan() implements TrigonometricOp {
    @Override
    public String name() {
      return "Atan";
    }
  }

  /** The inverse of the hyperbolic tangent; NaN outside [-1, 1]. */
  record Atanh() implements TrigonometricOp {
    @Override
    public String name() {
      return "Atanh";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }
  }

  /** The hyperbolic cosine. */
  record Cosh() implements TrigonometricOp {
    @Override
    public String name() {
      return "Cosh";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }
  }

  /** The hyperbolic sine. */
  record Sinh() implements TrigonometricOp {
    @Override
    public String name() {
      return "Sinh";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }
  }

  /** The tangent. */
  record Tan() implements TrigonometricOp {
    @Override
    public String name() {
      return "Tan";
    }
  }

  @Override
  default int sinceOpset() {
    return 7;
  }

  @Override
  default List<ValueType> infer(Inputs in) {
    in.requireCount(1, 1).requireDType(0, "input", Inputs.FLOATS);
    return List.of(in.tensor(0, "input"));
  }
}
