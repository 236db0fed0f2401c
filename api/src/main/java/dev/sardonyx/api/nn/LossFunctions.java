package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;

/** The part of {@link Functional} that says how far an input is from its target. */
abstract sealed class LossFunctions extends ShapingFunctions permits AttentionFunctions {
  LossFunctions() {}

  /** The mean of the squared difference. */
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, Reduction.MEAN);
  }

  /** The squared difference, reduced. */
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    return reduction.checked("mse_loss").of(Losses.squared("mse_loss", input, target));
  }

  /** The mean of the absolute difference. */
  public static Tensor l1Loss(Tensor input, Tensor target) {
    return l1Loss(input, target, Reduction.MEAN);
  }

  /** The absolute difference, reduced. */
  public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
    return reduction.checked("l1_loss").of(Losses.absolute("l1_loss", input, target));
  }

  /** The mean, with beta 1. */
  public static Tensor smoothL1Loss(Tensor input, Tensor target) {
    return smoothL1Loss(input, target, Reduction.MEAN, 1);
  }

  /** Quadratic below beta, 0 or more, and linear above. See {@link SmoothL1Loss}. */
  public static Tensor smoothL1Loss(Tensor input, Tensor target, Reduction reduction, double beta) {
    return reduction.checked("smooth_l1_loss").of(Losses.smoothL1(input, target, beta));
  }

  /** The mean, with delta 1. */
  public static Tensor huberLoss(Tensor input, Tensor target) {
    return huberLoss(input, target, Reduction.MEAN, 1);
  }

  /** Quadratic up to delta, above 0, and linear above it. See {@link HuberLoss}. */
  public static Tensor huberLoss(Tensor input, Tensor target, Reduction reduction, double delta) {
    return reduction.checked("huber_loss").of(Losses.huber(input, target, delta));
  }

  /** The mean over all elements, of a target that holds probabilities. */
  public static Tensor klDiv(Tensor input, Tensor target) {
    return klDiv(input, target, Reduction.MEAN, false);
  }

  /** The divergence of log-probabilities from a target. See {@link KLDivLoss}. */
  public static Tensor klDiv(Tensor input, Tensor target, Reduction reduction, boolean logTarget) {
    return reduction.of(Losses.divergence(input, target, logTarget));
  }

  /** The mean, with PyTorch's defaults. */
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, options -> options);
  }

  /** The negative log-probability of classes, given logits. See {@link CrossEntropyLoss}. */
  public static Tensor crossEntropy(
      Tensor input, Tensor target, UnaryOperator<CrossEntropyOptions> options) {
    var chosen = options.apply(CrossEntropyOptions.defaults()).checked("cross_entropy");
    return ClassLosses.crossEntropy(input, target, chosen);
  }

  /** The mean, with PyTorch's defaults. */
  public static Tensor nllLoss(Tensor input, Tensor target) {
    return nllLoss(input, target, options -> options);
  }

  /** The negative of log-probabilities at classes. See {@link NLLLoss}. */
  public static Tensor nllLoss(Tensor input, Tensor target, UnaryOperator<NLLOptions> options) {
    return ClassLosses.nll(input, target, options.apply(NLLOptions.defaults()).checked("nll_loss"));
  }

  /** The mean, without weight. */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
    return binaryCrossEntropy(input, target, options -> options);
  }

  /** The binary cross-entropy of probabilities. See {@link BCELoss}. */
  public static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, UnaryOperator<BCEOptions> options) {
    String name = "binary_cross_entropy";
    var chosen = options.apply(BCEOptions.defaults()).checked(name);
    Losses.requireSameShape(name, input, target);
    Tensor each = Losses.weighted(Losses.binary(input, target), chosen.weight());
    return chosen.reduction().of(each);
  }

  /** The mean, without weights. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, options -> options);
  }

  /** The binary cross-entropy of logits. See {@link BCEWithLogitsLoss}. */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, UnaryOperator<BCEWithLogitsOptions> options) {
    String name = "binary_cross_entropy_with_logits";
    var chosen = options.apply(BCEWithLogitsOptions.defaults()).checked(name);
    Losses.requireSameShape(name, input, target);
    Tensor each = Losses.binaryWithLogits(input, target, chosen.posWeight());
    return chosen.reduction().of(Losses.weighted(each, chosen.weight()));
  }
}
