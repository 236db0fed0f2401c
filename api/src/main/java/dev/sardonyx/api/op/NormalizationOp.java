package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** Normalisations: Y has the type of X. */
public sealed interface NormalizationOp extends Op
    permits NormalizationOp.BatchNormalization,
        NormalizationOp.Softmax,
        NormalizationOp.LogSoftmax,
        NormalizationOp.Hardmax,
        NormalizationOp.LpNormalization,
        NormalizationOp.LRN,
        NormalizationOp.MeanVarianceNormalization,
        OwnStatisticsOp {

  /**
   * Y = (X - mean) / sqrt(var + epsilon) * scale + B per channel (axis 1), with given statistics.
   * Inputs: X, scale (C), B (C), input_mean (C), input_var (C); X of rank 1 has one channel. In
   * training mode the statistics are X's own and the outputs running_mean and running_var are
   * input_mean * momentum + mean * (1 - momentum) and likewise. Source: ONNX BatchNormalization.
   */
  record BatchNormalization(float epsilon, float momentum, boolean trainingMode)
      implements NormalizationOp {
    private static final float DEFAULT_MOMENTUM = 0.9f;

    /** With the given statistics. */
    public BatchNormalization(float epsilon) {
      this(epsilon, DEFAULT_MOMENTUM, false);
    }

    @Override
    public String name() {
      return "BatchNormalization";
    }

    @Override
    public int sinceOpset() {
      return trainingMode ? 14 : 7;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("epsilon", Attribute.of(epsilon), Attribute.of(1e-5f))
          .with("momentum", Attribute.of(momentum), Attribute.of(DEFAULT_MOMENTUM))
          .with("training_mode", Attribute.of(trainingMode), Attribute.of(false));
    }

    static BatchNormalization read(Attributes attributes) {
      attributes.only("epsilon", "momentum", "training_mode");
      boolean training = attributes.bool("training_mode", false);
      return new BatchNormalization(
          attributes.floating("epsilon", 1e-5f),
          training ? attributes.floating("momentum", DEFAULT_MOMENTUM) : DEFAULT_MOMENTUM,
          training);
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(5, 5).atLeastRank(0, "X", 1);
      List<String> names = List.of("X", "scale", "B", "input_mean", "input_var");
      TensorType scale = in.ranked(1, "scale", 1);
      in.requireDType(0, "X", Inputs.FLOATS);
      for (int i = 1; i < 5; i++) {
        TensorType statistic = in.ranked(i, names.get(i), 1);
        in.requireDType(i, names.get(i), Inputs.FLOATS);
        if (scale.shape().isKnown() && statistic.shape().isKnown()) {
          in.requireEqual(
              scale.dim(0), statistic.dim(0), "size of scale must equal that of " + names.get(i));
        }
        if (x.shape().isKnown() && statistic.shape().isKnown()) {
          Dim channels = x.rank() == 1 ? Dim.of(1) : x.dim(1);
          in.requireEqual(
              "Channels",
              channels,
              statistic.dim(0),
              "channels of X must equal the size of " + names.get(i));
        }
      }
      TensorType mean = in.tensor(3, "input_mean");
      in.sameDType(1, 2);
      in.sameDType(3, 4);
      return trainingMode ? List.of(x, mean, in.tensor(4, "input_var")) : List.of(x);
    }
  }

  /** exp(X) / sum(exp(X)) along an axis. Source: ONNX Softmax. */
  record Softmax(int axis) implements NormalizationOp {
    @Override
    public String name() {
      return "Softmax";
    }

    @Override
    public int sinceOpset() {
      return 13;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("axis", Attribute.of(axis), Attribute.of(-1));
    }

    static Softmax read(Attributes attributes) {
      return new Softmax(attributes.only("axis").int32("axis", -1));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return alongAxis(in, axis);
    }
  }

  /** log(exp(X) / sum(exp(X))) along an axis. Source: ONNX LogSoftmax. */
  record LogSoftmax(int axis) implements NormalizationOp {
    @Override
    public String name() {
      return "LogSoftmax";
    }

    @Override
    public int sinceOpset() {
      return 13;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("axis", Attribute.of(axis), Attribute.of(-1));
    }

    static LogSoftmax read(Attributes attributes) {
      return new LogSoftmax(attributes.only("axis").int32("axis", -1));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return alongAxis(in, axis);
    }
  }

  /** 1 for the first of the largest elements along an axis, 0 for others. Source: ONNX Hardmax. */
  record Hardmax(int axis) implements NormalizationOp {
    @Override
    public String name() {
      return "Hardmax";
    }

    @Override
    public int sinceOpset() {
      return 13;
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("axis", Attribute.of(axis), Attribute.of(-1));
    }

    static Hardmax read(Attributes attributes) {
      return new Hardmax(attributes.only("axis").int32("axis", -1));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return alongAxis(in, axis);
    }
  }

  /**
   * X over its norm along an axis, the sum of sizes (p = 1) or the root of the sum of squares (p =
   * 2); 0 where the norm is 0. Source: ONNX LpNormalization.
   */
  record LpNormalization(int axis, int p) implements NormalizationOp {
    @Override
    public String name() {
      return "LpNormalization";
    }

    @Override
    public int sinceOpset() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("axis", Attribute.of(axis), Attribute.of(-1))
          .with("p", Attribute.of(p), Attribute.of(2));
    }

    static LpNormalization read(Attributes attributes) {
      attributes.only("axis", "p");
      int p = attributes.int32("p", 2);
      if (p != 1 && p != 2) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT, "LpNormalization: p must be 1 or 2, found " + p);
      }
      return new LpNormalization(attributes.int32("axis", -1), p);
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return alongAxis(in, axis);
    }
  }

  /**
   * X / (bias + alpha / size * s) ^ beta with s the sum of squares over size channels around each,
   * one more behind than before where size is even. X is (N, C, ...). Source: ONNX LRN.
   */
  record LRN(float alpha, float beta, float bias, int size) implements NormalizationOp {
    @Override
    public String name() {
      return "LRN";
    }

    @Override
    public int sinceOpset() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("alpha", Attribute.of(alpha), Attribute.of(1e-4f))
          .with("beta", Attribute.of(beta), Attribute.of(0.75f))
          .with("bias", Attribute.of(bias), Attribute.of(1f))
          .with("size", Attribute.of(size));
    }

    static LRN read(Attributes attributes) {
      attributes.only("alpha", "beta", "bias", "size");
      int size = attributes.int32("size", 0);
      if (size < 1) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT, "LRN: size must be given and 1 or more, found " + size);
      }
      return new LRN(
          attributes.floating("alpha", 1e-4f),
          attributes.floating("beta", 0.75f),
          attributes.floating("bias", 1f),
          size);
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "X", Inputs.FLOATS);
      return List.of(in.atLeastRank(0, "X", 2));
    }
  }

  /**
   * (X - mean) / sqrt(variance) with the statistics over some axes. Source: ONNX
   * MeanVarianceNormalization.
   */
  record MeanVarianceNormalization(List<Integer> axes) implements NormalizationOp {
    private static final List<Integer> DEFAULT_AXES = List.of(0, 2, 3);

    public MeanVarianceNormalization {
      axes = List.copyOf(axes);
    }

    @Override
    public String name() {
      return "MeanVarianceNormalization";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("axes", Attribute.ofInts(axes), Attribute.ofInts(DEFAULT_AXES));
    }

    static MeanVarianceNormalization read(Attributes attributes) {
      return new MeanVarianceNormalization(
          attributes.only("axes").ints("axes").orElse(DEFAULT_AXES));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(1, 1).requireDType(0, "X", Inputs.FLOATS);
      TensorType x = in.tensor(0, "X");
      if (x.shape().isKnown()) {
        in.axes(axes.stream().map(Integer::longValue).toList(), x.rank());
      }
      return List.of(x);
    }
  }

  private static List<ValueType> alongAxis(Inputs in, int axis) {
    in.requireCount(1, 1).requireDType(0, "input", Inputs.FLOATS);
    TensorType x = in.tensor(0, "input");
    if (x.shape().isKnown()) {
      in.axis(x.shape(), axis);
    }
    return List.of(x);
  }
}
