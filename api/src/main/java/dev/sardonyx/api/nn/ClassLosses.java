package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Losses over classes, which are dim 1 of the input, or dim 0 where there is no batch. */
final class ClassLosses {
  /** No dim is so large: engines refuse this index, where they take negative ones from the end. */
  private static final long OUT_OF_RANGE = Integer.MAX_VALUE;

  private ClassLosses() {}

  /** A target of the input's rank holds probabilities, else classes. */
  static Tensor crossEntropy(Tensor input, Tensor target, CrossEntropyOptions options) {
    String name = "cross_entropy";
    int dim = classDim(name, input);
    Tensor logs = Functional.logSoftmax(input, dim);
    boolean known = input.shape().isKnown() && target.shape().isKnown();
    if (known ? target.rank() == input.rank() : target.dtype().isFloat()) {
      return ofProbabilities(logs, target, options);
    }
    var plain = new NLLOptions(options.weight(), options.ignoreIndex(), options.reduction());
    return ofClasses(name, logs, target, plain, options.labelSmoothing());
  }

  static Tensor nll(Tensor input, Tensor target, NLLOptions options) {
    return ofClasses("nll_loss", input, target, options, 0);
  }

  private static int classDim(String name, Tensor input) {
    String expected = "[N, C, ...] or [C]";
    if (Arguments.hasRank(input, 0)) {
      String words = name + " expects " + expected + ", found " + input.type();
      throw Arguments.rankError(name, expected, input, words);
    }
    return Arguments.hasRank(input, 1) ? 0 : 1;
  }

  /** Source: torch cross_entropy_loss_prob_target: a mean counts all targets alike. */
  private static Tensor ofProbabilities(Tensor logs, Tensor target, CrossEntropyOptions options) {
    String name = "cross_entropy";
    if (!target.dtype().isFloat()) {
      throw new SardonyxException(
          ErrorCode.DTYPE,
          name + " expects a float target with probabilities of classes, found " + target.type(),
          Mismatch.of("DType", name, "a float type", target.dtype()).withType(target.type()));
    }
    Losses.requireSameShape(name, logs, target);
    boolean ignoresNone = options.ignoreIndex() < 0;
    Arguments.require(
        ignoresNone, name, "ignoreIndex", "negative for probabilities", options.ignoreIndex());
    int dim = classDim(name, logs);
    double smoothing = options.labelSmoothing();
    Tensor smoothed =
        smoothing == 0
            ? target
            : target.mul(1 - smoothing).add(smoothing / classes(name, logs, dim));
    Tensor each = weighted(name, logs, dim, options.weight()).mul(smoothed).sum(dim).neg();
    return options.reduction().of(each);
  }

  /** Source: torch nll_loss_nd and cross_entropy_loss_label_smoothing. */
  private static Tensor ofClasses(
      String name, Tensor logs, Tensor target, NLLOptions options, double smoothing) {
    int dim = classDim(name, logs);
    requireClasses(name, logs, target, dim);
    Tensor counts = target.ne(options.ignoreIndex());
    Tensor index = index(target, counts);
    Tensor each = logs.gather(dim, index.unsqueeze(dim)).squeeze(dim).neg();
    Tensor weight = options.weight();
    Tensor counted = Tensor.scalar(1f);
    if (weight != null) {
      requireWeight(name, logs, dim, weight);
      counted = Operations.apply(new Gather(0), weight, index);
      each = each.mul(counted);
    }
    if (smoothing != 0) {
      Tensor even = weighted(name, logs, dim, weight).sum(dim).neg();
      each = each.mul(1 - smoothing).add(even.mul(smoothing / classes(name, logs, dim)));
    }
    each = each.where(counts, 0);
    return options.reduction() == Reduction.MEAN
        ? each.sum().div(counted.where(counts, 0).sum())
        : options.reduction().of(each);
  }

  /** The target with 0 for what is ignored, and with what no engine takes for negative classes. */
  private static Tensor index(Tensor target, Tensor counts) {
    Tensor known = target.where(counts, 0);
    return known.where(known.ge(0), OUT_OF_RANGE);
  }

  private static Tensor weighted(String name, Tensor logs, int dim, @Nullable Tensor weight) {
    if (weight == null) {
      return logs;
    }
    requireWeight(name, logs, dim, weight);
    return logs.mul(dim == 0 ? weight : Activations.alongChannels(weight, logs.rank()));
  }

  private static long classes(String name, Tensor logs, int dim) {
    Dim classes = logs.size(dim);
    if (!classes.isFixed()) {
      throw new SardonyxException(
          ErrorCode.SHAPE, name + ": the number of classes must be known, found " + classes);
    }
    return classes.fixed();
  }

  private static void requireWeight(String name, Tensor logs, int dim, Tensor weight) {
    Arguments.requireShape(name + ": weight", "Weight", weight, logs.size(dim).toString());
  }

  private static void requireClasses(String name, Tensor logs, Tensor target, int dim) {
    if (target.dtype() != DType.INT64) {
      throw new SardonyxException(
          ErrorCode.DTYPE,
          name + " expects int64 classes as target, found " + target.type(),
          Mismatch.of("DType", name, DType.INT64, target.dtype()).withType(target.type()));
    }
    if (!logs.shape().isKnown() || !target.shape().isKnown()) {
      return;
    }
    List<Dim> expected = new ArrayList<>(logs.shape().dims());
    expected.remove(dim);
    boolean fits = target.rank() == expected.size();
    for (int axis = 0; fits && axis < expected.size(); axis++) {
      fits = !target.size(axis).differsFrom(expected.get(axis));
    }
    if (!fits) {
      throw Mismatch.of("Target", name, expected, target.shape())
          .withType(target.type())
          .error(
              name
                  + " of "
                  + logs.type()
                  + " expects a target of "
                  + expected
                  + ", found "
                  + target.type());
    }
  }
}
