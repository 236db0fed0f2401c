package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** Normalisations: Y has the type of X. */
public sealed interface NormalizationOp extends Op
    permits NormalizationOp.BatchNormalization,
        NormalizationOp.Softmax,
        NormalizationOp.LogSoftmax,
        OwnStatisticsOp {

  /**
   * Y = (X - mean) / sqrt(var + epsilon) * scale + B per channel (axis 1), with given statistics.
   * Inputs: X, scale (C), B (C), input_mean (C), input_var (C). Source: ONNX BatchNormalization in
   * its inference form.
   */
  record BatchNormalization(float epsilon) implements NormalizationOp {
    @Override
    public String name() {
      return "BatchNormalization";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("epsilon", Attribute.of(epsilon), Attribute.of(1e-5f));
    }

    static BatchNormalization read(Attributes attributes) {
      attributes.only("epsilon", "momentum", "training_mode");
      if (attributes.bool("training_mode", false)) {
        throw new SardonyxException(ErrorCode.UNSUPPORTED, "training_mode=1 is not supported");
      }
      return new BatchNormalization(attributes.floating("epsilon", 1e-5f));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(5, 5).atLeastRank(0, "X", 2);
      in.requireFloat(0, "X");
      List<String> names = List.of("X", "scale", "B", "input_mean", "input_var");
      TensorType scale = in.ranked(1, "scale", 1);
      for (int i = 1; i < 5; i++) {
        TensorType statistic = in.ranked(i, names.get(i), 1);
        if (scale.shape().isKnown() && statistic.shape().isKnown()) {
          in.requireEqual(
              scale.dim(0), statistic.dim(0), "size of scale must equal that of " + names.get(i));
        }
        if (x.shape().isKnown() && statistic.shape().isKnown()) {
          in.requireEqual(
              x.dim(1), statistic.dim(0), "channels of X must equal the size of " + names.get(i));
        }
      }
      return List.of(x);
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

  private static List<ValueType> alongAxis(Inputs in, int axis) {
    TensorType x = in.requireCount(1, 1).requireFloat(0, "input");
    if (x.shape().isKnown()) {
      in.axis(x.shape(), axis);
    }
    return List.of(x);
  }
}
