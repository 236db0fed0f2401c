package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** Normalisations of X by the statistics of parts of X itself: Y has the type of X. */
public sealed interface OwnStatisticsOp extends NormalizationOp {

  /**
   * Y = (X - mean) / sqrt(var + epsilon) * Scale + B over the axes from one on. Inputs: X; Scale
   * and optionally B, which broadcast to X. Statistics are computed in float32, in float64 for X of
   * float64. Outputs: Y and, float32 with 1 for each dim from the axis on, the mean and 1 /
   * sqrt(var + epsilon). Source: ONNX LayerNormalization.
   */
  record LayerNormalization(int axis, float epsilon) implements OwnStatisticsOp {
    @Override
    public String name() {
      return "LayerNormalization";
    }

    @Override
    public int sinceOpset() {
      return 17;
    }

    @Override
    public Attributes attributes() {
      return rowAttributes(axis, epsilon);
    }

    static LayerNormalization read(Attributes attributes) {
      requireFloatStatistics(attributes.only("axis", "epsilon", "stash_type"));
      return new LayerNormalization(
          attributes.int32("axis", -1), attributes.floating("epsilon", 1e-5f));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = row(in.requireCount(2, 3), axis);
      in.sameDType(0, 1);
      if (in.has(2)) {
        in.sameDType(0, 2);
        requireBroadcast(in, x, in.tensor(2, "B"), "B");
      }
      TensorType statistic = statistic(x, axis);
      return List.of(x, statistic, statistic);
    }
  }

  /**
   * Y = X / sqrt(mean(X * X) + epsilon) * scale over the axes from one on. Inputs: X, scale, which
   * broadcasts to X and whose type Y has. Statistics are computed in float32, in float64 for X of
   * float64. Source: ONNX RMSNormalization.
   */
  record RMSNormalization(int axis, float epsilon) implements OwnStatisticsOp {
    @Override
    public String name() {
      return "RMSNormalization";
    }

    @Override
    public int sinceOpset() {
      return 23;
    }

    @Override
    public Attributes attributes() {
      return rowAttributes(axis, epsilon);
    }

    static RMSNormalization read(Attributes attributes) {
      requireFloatStatistics(attributes.only("axis", "epsilon", "stash_type"));
      return new RMSNormalization(
          attributes.int32("axis", -1), attributes.floating("epsilon", 1e-5f));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = row(in.requireCount(2, 2), axis);
      in.requireDType(1, "scale", Inputs.FLOATS);
      return List.of(new TensorType(in.tensor(1, "scale").dtype(), x.shape()));
    }
  }

  /**
   * Normalises each group of channels of each sample, then scales and shifts each channel. Inputs:
   * X (N, C, ...), scale (C), bias (C). Source: ONNX GroupNormalization as of opset 21.
   */
  record GroupNormalization(int numGroups, float epsilon) implements OwnStatisticsOp {
    @Override
    public String name() {
      return "GroupNormalization";
    }

    @Override
    public int sinceOpset() {
      return 21;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("num_groups", Attribute.of(numGroups))
          .with("epsilon", Attribute.of(epsilon), Attribute.of(1e-5f));
    }

    static GroupNormalization read(Attributes attributes) {
      requireFloatStatistics(attributes.only("epsilon", "num_groups", "stash_type"));
      int groups = attributes.int32("num_groups", 0);
      if (groups < 1) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "GroupNormalization: attribute num_groups must be given and 1 or more, found "
                + groups);
      }
      return new GroupNormalization(groups, attributes.floating("epsilon", 1e-5f));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = channels(in, "bias");
      if (x.shape().isKnown() && x.dim(1).isFixed() && x.dim(1).fixed() % numGroups != 0) {
        throw in.shapeError(
            "channels of X must be a multiple of num_groups (" + x.dim(1) + ", " + numGroups + ")");
      }
      return List.of(x);
    }
  }

  /**
   * Normalises each channel of each sample, then scales and shifts it. Inputs: X (N, C, ...), scale
   * (C), B (C). Source: ONNX InstanceNormalization.
   */
  record InstanceNormalization(float epsilon) implements OwnStatisticsOp {
    @Override
    public String name() {
      return "InstanceNormalization";
    }

    @Override
    public int sinceOpset() {
      return 6;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("epsilon", Attribute.of(epsilon), Attribute.of(1e-5f));
    }

    static InstanceNormalization read(Attributes attributes) {
      return new InstanceNormalization(attributes.only("epsilon").floating("epsilon", 1e-5f));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.atLeastRank(0, "input", 3);
      return List.of(channels(in, "B"));
    }
  }

  private static Attributes rowAttributes(int axis, float epsilon) {
    return Attributes.none()
        .with("axis", Attribute.of(axis), Attribute.of(-1))
        .with("epsilon", Attribute.of(epsilon), Attribute.of(1e-5f));
  }

  private static void requireFloatStatistics(Attributes attributes) {
    if (attributes.int32("stash_type", 1) != 1) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "stash_type other than 1 (float32) is not supported");
    }
  }

  private static TensorType row(Inputs in, int axis) {
    in.requireDType(0, "X", Inputs.FLOATS);
    TensorType x = in.tensor(0, "X");
    if (x.shape().isKnown()) {
      in.axis(x.shape(), axis);
    }
    requireBroadcast(in, x, in.tensor(1, "scale"), "scale");
    return x;
  }

  private static TensorType statistic(TensorType x, int axis) {
    if (!x.shape().isKnown()) {
      return new TensorType(DType.FLOAT32, Shape.unknown());
    }
    Shape shape = x.shape();
    for (int i = shape.axis(axis); i < x.rank(); i++) {
      shape = shape.with(i, Dim.of(1));
    }
    return new TensorType(DType.FLOAT32, shape);
  }

  private static void requireBroadcast(Inputs in, TensorType x, TensorType factor, String name) {
    Shape to = x.shape();
    Shape from = factor.shape();
    if (!to.isKnown() || !from.isKnown()) {
      return;
    }
    boolean fits = from.rank() <= to.rank();
    for (int axis = 1; fits && axis <= from.rank(); axis++) {
      Dim dim = from.dim(-axis);
      boolean mayBeOne = !dim.isFixed() || dim.fixed() == 1;
      fits = mayBeOne || !dim.differsFrom(to.dim(-axis));
    }
    if (!fits) {
      throw in.shapeError(
          "Broadcast", to, from, name + " must broadcast to X, found " + from + " and " + to);
    }
  }

  private static TensorType channels(Inputs in, String shift) {
    TensorType x = in.requireCount(3, 3).atLeastRank(0, "X", 2);
    in.requireDType(0, "X", Inputs.FLOATS);
    in.sameDType(0, 1, 2);
    for (int i = 1; i < 3; i++) {
      String name = i == 1 ? "scale" : shift;
      TensorType factor = in.ranked(i, name, 1);
      if (x.shape().isKnown() && factor.shape().isKnown()) {
        in.requireEqual(
            "Channels", x.dim(1), factor.dim(0), "channels of X must equal the size of " + name);
      }
    }
    return x;
  }
}
