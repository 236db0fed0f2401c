package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One step of an optimizer for any number of tensors at once. Inputs: the learning rate R, the
 * number of steps before T, then all tensors X, all gradients G, and all tensors of each kind that
 * the optimizer keeps; outputs: X and those, anew. Source: ONNX ai.onnx.preview.training.
 */
public sealed interface TrainingOp extends Op {
  /** The operator set. */
  String DOMAIN = "ai.onnx.preview.training";

  /** What is added to a root before something is divided by it. */
  float EPSILON = 1e-6f;

  /**
   * Steps that shrink with the squares of all gradients so far, H. Source: ONNX Adagrad.
   *
   * @param normCoefficient how much of X is added to its gradient
   */
  record Adagrad(float decayFactor, float epsilon, float normCoefficient) implements TrainingOp {
    @Override
    public String name() {
      return "Adagrad";
    }

    @Override
    public int kept() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("decay_factor", Attribute.of(decayFactor), Attribute.of(0f))
          .with("epsilon", Attribute.of(epsilon), Attribute.of(EPSILON))
          .with("norm_coefficient", Attribute.of(normCoefficient), Attribute.of(0f));
    }

    static Adagrad read(Attributes attributes) {
      attributes.only("decay_factor", "epsilon", "norm_coefficient");
      return new Adagrad(
          attributes.floating("decay_factor", 0),
          attributes.floating("epsilon", EPSILON),
          attributes.floating("norm_coefficient", 0));
    }
  }

  /**
   * Steps along the mean of gradients so far, V, over the root of that of their squares, H. Source:
   * ONNX Adam.
   *
   * @param normCoefficientPost how much of X is taken away after the step
   */
  record Adam(
      float alpha, float beta, float epsilon, float normCoefficient, float normCoefficientPost)
      implements TrainingOp {
    @Override
    public String name() {
      return "Adam";
    }

    @Override
    public int kept() {
      return 2;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("alpha", Attribute.of(alpha), Attribute.of(0.9f))
          .with("beta", Attribute.of(beta), Attribute.of(0.999f))
          .with("epsilon", Attribute.of(epsilon), Attribute.of(EPSILON))
          .with("norm_coefficient", Attribute.of(normCoefficient), Attribute.of(0f))
          .with("norm_coefficient_post", Attribute.of(normCoefficientPost), Attribute.of(0f));
    }

    static Adam read(Attributes attributes) {
      attributes.only("alpha", "beta", "epsilon", "norm_coefficient", "norm_coefficient_post");
      return new Adam(
          attributes.floating("alpha", 0.9f),
          attributes.floating("beta", 0.999f),
          attributes.floating("epsilon", EPSILON),
          attributes.floating("norm_coefficient", 0),
          attributes.floating("norm_coefficient_post", 0));
    }
  }

  /**
   * Steps along a sum of gradients that keeps some of the last, V; with nesterov, along what that
   * will be. Source: ONNX Momentum.
   *
   * @param alpha how much of V is kept
   * @param beta how much of the gradient is added after the first step
   */
  record Momentum(float alpha, float beta, boolean nesterov, float normCoefficient)
      implements TrainingOp {
    @Override
    public String name() {
      return "Momentum";
    }

    @Override
    public int kept() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("alpha", Attribute.of(alpha))
          .with("beta", Attribute.of(beta))
          .with("mode", Attribute.of(nesterov ? "nesterov" : "standard"))
          .with("norm_coefficient", Attribute.of(normCoefficient));
    }

    static Momentum read(Attributes attributes) {
      attributes.only("alpha", "beta", "mode", "norm_coefficient");
      for (String name : List.of("alpha", "beta", "mode", "norm_coefficient")) {
        if (!attributes.byName().containsKey(name)) {
          throw new SardonyxException(
              ErrorCode.ARGUMENT, "Momentum: attribute " + name + " must be given");
        }
      }
      String mode = attributes.string("mode", "");
      if (!mode.equals("standard") && !mode.equals("nesterov")) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "Momentum: mode must be standard or nesterov, found '" + mode + "'");
      }
      return new Momentum(
          attributes.floating("alpha", 0),
          attributes.floating("beta", 0),
          mode.equals("nesterov"),
          attributes.floating("norm_coefficient", 0));
    }
  }

  /** How many tensors an optimizer keeps beside each that it trains. */
  int kept();

  @Override
  default String domain() {
    return DOMAIN;
  }

  @Override
  default int sinceOpset() {
    return 1;
  }

  @Override
  default List<ValueType> infer(Inputs in) {
    Set<DType> reals = EnumSet.of(DType.FLOAT32, DType.FLOAT64);
    int kinds = 2 + kept();
    if (in.count() < 2 + kinds || (in.count() - 2) % kinds != 0) {
      throw new SardonyxException(
          ErrorCode.GRAPH,
          "%s takes R, T and %d tensors for each that it trains, found %d inputs"
              .formatted(name(), kinds, in.count()));
    }
    requireScalar(in, 0, "R", reals);
    requireScalar(in, 1, "T", EnumSet.of(DType.INT64));
    int count = (in.count() - 2) / kinds;
    List<ValueType> outputs = new ArrayList<>();
    for (int kind = 0; kind < kinds; kind++) {
      for (int i = 0; i < count; i++) {
        outputs.add(requireSame(in, 2 + i, 2 + kind * count + i));
      }
    }
    outputs.subList(count, 2 * count).clear(); // gradients are not given back
    return List.copyOf(outputs);
  }

  /** Tensors that belong together have one type. Errors: DTYPE, SHAPE. */
  private static TensorType requireSame(Inputs in, int first, int index) {
    TensorType x = in.tensor(first, "X");
    in.requireDType(first, "X", EnumSet.of(DType.FLOAT32, DType.FLOAT64));
    in.sameDType(first, index);
    TensorType other = in.tensor(index, "input " + index);
    if (x.shape().isKnown() && other.shape().isKnown()) {
      in.ranked(index, "input " + index, x.rank());
      for (int axis = 0; axis < x.rank(); axis++) {
        in.requireEqual(
            x.dim(axis), other.dim(axis), "tensors that belong together have one shape");
      }
    }
    return other;
  }

  private static void requireScalar(Inputs in, int index, String name, Set<DType> types) {
    in.requireDType(index, name, types);
    TensorType type = in.tensor(index, name);
    if (type.shape().isFixed() && type.shape().elements().fixed() != 1) {
      throw in.shapeError(name + " must have one element, found " + type);
    }
  }
}
