package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** Functions of one float that networks put between products: Y has the type of X. */
public sealed interface ActivationOp extends ElementwiseOp {

  /** Y = X above 0, else alpha * (exp(X / alpha) - 1). */
  record Celu(float alpha) implements ActivationOp {
    @Override
    public String name() {
      return "Celu";
    }

    @Override
    public int sinceOpset() {
      return 12;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("alpha", Attribute.of(alpha), Attribute.of(1f));
    }

    static Celu read(Attributes attributes) {
      attributes.only("alpha");
      return new Celu(attributes.floating("alpha", 1f));
    }
  }

  /** Y = X above 0, else alpha * (exp(X) - 1). */
  record Elu(float alpha) implements ActivationOp {
    @Override
    public String name() {
      return "Elu";
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("alpha", Attribute.of(alpha), Attribute.of(1f));
    }

    static Elu read(Attributes attributes) {
      attributes.only("alpha");
      return new Elu(attributes.floating("alpha", 1f));
    }
  }

  /** Y = X * Phi(X), the normal distribution; approximate is none (by erf) or tanh. */
  record Gelu(String approximate) implements ActivationOp {
    /** Errors: ARGUMENT for another form. */
    public Gelu {
      if (!approximate.equals("none") && !approximate.equals("tanh")) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT, "Gelu: approximate must be none or tanh, found " + approximate);
      }
    }

    /** Whether Phi is approximated by tanh. */
    public boolean isTanh() {
      return approximate.equals("tanh");
    }

    @Override
    public String name() {
      return "Gelu";
    }

    @Override
    public int sinceOpset() {
      return 20;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("approximate", Attribute.of(approximate), Attribute.of("none"));
    }

    static Gelu read(Attributes attributes) {
      attributes.only("approximate");
      return new Gelu(attributes.string("approximate", "none"));
    }
  }

  /** Y = max(0, min(1, alpha * X + beta)). */
  record HardSigmoid(float alpha, float beta) implements ActivationOp {
    @Override
    public String name() {
      return "HardSigmoid";
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("alpha", Attribute.of(alpha), Attribute.of(0.2f))
          .with("beta", Attribute.of(beta), Attribute.of(0.5f));
    }

    static HardSigmoid read(Attributes attributes) {
      attributes.only("alpha", "beta");
      return new HardSigmoid(attributes.floating("alpha", 0.2f), attributes.floating("beta", 0.5f));
    }
  }

  /** Y = X * max(0, min(1, X / 6 + 0.5)). */
  record HardSwish() implements ActivationOp {
    @Override
    public String name() {
      return "HardSwish";
    }

    @Override
    public int sinceOpset() {
      return 14;
    }
  }

  /** Y = X where X is 0 or more, else alpha * X. */
  record LeakyRelu(float alpha) implements ActivationOp {
    @Override
    public String name() {
      return "LeakyRelu";
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("alpha", Attribute.of(alpha), Attribute.of(0.01f));
    }

    static LeakyRelu read(Attributes attributes) {
      attributes.only("alpha");
      return new LeakyRelu(attributes.floating("alpha", 0.01f));
    }
  }

  /** Y = X * tanh(softplus(X)). */
  record Mish() implements ActivationOp {
    @Override
    public String name() {
      return "Mish";
    }

    @Override
    public int sinceOpset() {
      return 18;
    }
  }

  /** Y = gamma * X above 0, else gamma * alpha * (exp(X) - 1). */
  record Selu(float alpha, float gamma) implements ActivationOp {
    private static final float DEFAULT_ALPHA = 1.6732632f;
    private static final float DEFAULT_GAMMA = 1.050701f;

    /** With ONNX's defaults, which are the constants of the paper. */
    public Selu() {
      this(DEFAULT_ALPHA, DEFAULT_GAMMA);
    }

    @Override
    public String name() {
      return "Selu";
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("alpha", Attribute.of(alpha), Attribute.of(DEFAULT_ALPHA))
          .with("gamma", Attribute.of(gamma), Attribute.of(DEFAULT_GAMMA));
    }

    static Selu read(Attributes attributes) {
      attributes.only("alpha", "gamma");
      return new Selu(
          attributes.floating("alpha", DEFAULT_ALPHA), attributes.floating("gamma", DEFAULT_GAMMA));
    }
  }

  /**
   * Y = X + bias below -lambd, X - bias above lambd, else 0. Also of integers, whose Y is cut
   * towards zero.
   */
  record Shrink(float bias, float lambd) implements ActivationOp {
    @Override
    public String name() {
      return "Shrink";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("bias", Attribute.of(bias), Attribute.of(0f))
          .with("lambd", Attribute.of(lambd), Attribute.of(0.5f));
    }

    static Shrink read(Attributes attributes) {
      attributes.only("bias", "lambd");
      return new Shrink(attributes.floating("bias", 0f), attributes.floating("lambd", 0.5f));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "input", Inputs.NUMBERS);
      return List.of(in.tensor(0, "input"));
    }
  }

  /** Y = log(exp(X) + 1). */
  record Softplus() implements ActivationOp {
    @Override
    public String name() {
      return "Softplus";
    }

    @Override
    public int sinceOpset() {
      return 1;
    }
  }

  /** Y = X / (1 + |X|). */
  record Softsign() implements ActivationOp {
    @Override
    public String name() {
      return "Softsign";
    }

    @Override
    public int sinceOpset() {
      return 1;
    }
  }

  /** Y = X / (1 + exp(-alpha * X)). */
  record Swish(float alpha) implements ActivationOp {
    @Override
    public String name() {
      return "Swish";
    }

    @Override
    public int sinceOpset() {
      return 24;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("alpha", Attribute.of(alpha), Attribute.of(1f));
    }

    static Swish read(Attributes attributes) {
      return new Swish(attributes.only("alpha").floating("alpha", 1f));
    }
  }

  /** Y = X above alpha, else 0. */
  record ThresholdedRelu(float alpha) implements ActivationOp {
    @Override
    public String name() {
      return "ThresholdedRelu";
    }

    @Override
    public int sinceOpset() {
      return 10;
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("alpha", Attribute.of(alpha), Attribute.of(1f));
    }

    static ThresholdedRelu read(Attributes attributes) {
      attributes.only("alpha");
      return new ThresholdedRelu(attributes.floating("alpha", 1f));
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
