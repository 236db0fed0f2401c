package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Losses of classes: scores (N, C, d1, ...) and the class of each sample (N, d1, ...), int32 or
 * int64; optionally a weight for each class (C). Samples of the class ignoreIndex count nothing.
 */
public sealed interface LossOp extends Op {

  /** What becomes of the losses of all samples. */
  enum Reduction {
    /** They stay: (N, d1, ...). */
    NONE,
    /** Their sum over the sum of the weights of their classes: a scalar. */
    MEAN,
    /** Their sum: a scalar. */
    SUM;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Reduction of(String text) {
      for (Reduction reduction : values()) {
        if (reduction.text().equals(text)) {
          return reduction;
        }
      }
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "reduction must be none, mean or sum, found '" + text + "'");
    }
  }

  /** How losses are reduced. */
  Reduction reduction();

  /** The class of samples that do not count. */
  Optional<Long> ignoreIndex();

  /** -input[n, target[n]] * weight[target[n]]. Source: ONNX NegativeLogLikelihoodLoss. */
  record NegativeLogLikelihoodLoss(Reduction reduction, Optional<Long> ignoreIndex)
      implements LossOp {
    @Override
    public String name() {
      return "NegativeLogLikelihoodLoss";
    }

    static NegativeLogLikelihoodLoss read(Attributes attributes) {
      return new NegativeLogLikelihoodLoss(readReduction(attributes), readIgnored(attributes));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return List.of(loss(in, reduction));
    }
  }

  /**
   * The same of log_prob = log(softmax(scores)) over the classes; the second output is log_prob.
   * Source: ONNX SoftmaxCrossEntropyLoss.
   */
  record SoftmaxCrossEntropyLoss(Reduction reduction, Optional<Long> ignoreIndex)
      implements LossOp {
    @Override
    public String name() {
      return "SoftmaxCrossEntropyLoss";
    }

    static SoftmaxCrossEntropyLoss read(Attributes attributes) {
      return new SoftmaxCrossEntropyLoss(readReduction(attributes), readIgnored(attributes));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return List.of(loss(in, reduction), in.tensor(0, "scores"));
    }
  }

  @Override
  default int sinceOpset() {
    return 12;
  }

  @Override
  default Attributes attributes() {
    Attributes result =
        Attributes.none().with("reduction", Attribute.of(reduction().text()), Attribute.of("mean"));
    return ignoreIndex().map(i -> result.with("ignore_index", Attribute.of(i))).orElse(result);
  }

  private static Reduction readReduction(Attributes attributes) {
    return Reduction.of(attributes.only("ignore_index", "reduction").string("reduction", "mean"));
  }

  private static Optional<Long> readIgnored(Attributes attributes) {
    return attributes.byName().containsKey("ignore_index")
        ? Optional.of(attributes.integer("ignore_index", 0))
        : Optional.empty();
  }

  private static TensorType loss(Inputs in, Reduction reduction) {
    in.requireCount(2, 3).requireDType(0, "input", Inputs.FLOATS);
    in.requireDType(1, "target", EnumSet.of(DType.INT32, DType.INT64));
    TensorType scores = in.atLeastRank(0, "input", 2);
    in.sameDType(0, 2);
    Shape target = in.tensor(1, "target").shape();
    if (scores.shape().isKnown()) {
      List<Dim> expected = new ArrayList<>(scores.shape().dims());
      Dim classes = expected.remove(1);
      requireDims(in, target, expected);
      if (in.has(2) && in.ranked(2, "weight", 1).shape().isKnown()) {
        in.requireEqual(
            classes, in.tensor(2, "weight").dim(0), "classes must equal the size of weight");
      }
      target = Shape.of(expected);
    }
    return scores.withShape(reduction == Reduction.NONE ? target : Shape.of());
  }

  private static void requireDims(Inputs in, Shape target, List<Dim> expected) {
    boolean differs = target.isKnown() && target.rank() != expected.size();
    for (int i = 0; target.isKnown() && !differs && i < expected.size(); i++) {
      differs = target.dim(i).differsFrom(expected.get(i));
    }
    if (differs) {
      throw in.shapeError(
          "target must be the input without its classes, " + expected + ", found " + target);
    }
  }
}
