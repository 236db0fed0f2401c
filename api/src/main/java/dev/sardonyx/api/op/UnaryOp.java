package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
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
  }

  /** Y = X where X is 0 or more, else alpha * X. */
  record LeakyRelu(float alpha) implements UnaryOp {
    @Override
    public String name() {
      return "LeakyRelu";
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("alpha", Attribute.of(alpha), Attribute.of(0.01f));
    }

    static LeakyRelu read(Attributes attributes) {
      return new LeakyRelu(attributes.only("alpha").floating("alpha", 0.01f));
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
      TensorType x = in.requireCount(1, 1).tensor(0, "X");
      if (!x.dtype().isFloat()) {
        in.requireDType(0, "X", EnumSet.of(DType.INT8, DType.INT16, DType.INT32, DType.INT64));
      }
      return List.of(x);
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
      return List.of(in.requireCount(1, 1).tensor(0, "input"));
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
    return List.of(in.requireCount(1, 1).requireFloat(0, "X"));
  }
}
