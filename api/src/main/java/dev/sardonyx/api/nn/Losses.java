package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Outline;
import dev.sardonyx.api.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Losses of each element, before they are reduced. */
final class Losses {
  private Losses() {}

  /**
   * What PyTorch says with Python's warnings goes to the logger of the library; but not while a
   * compiler makes outlines, which has words of its own.
   */
  static void warn(String message) {
    if (Outline.isHere()) {
      return;
    }
    System.getLogger("dev.sardonyx").log(System.Logger.Level.WARNING, message);
  }

  static @Nullable Buffer buffer(@Nullable Tensor weight) {
    return weight == null ? null : new Buffer(weight);
  }

  static Tensor weighted(Tensor each, @Nullable Tensor weight) {
    return weight == null ? each : each.mul(weight);
  }

  /** Different sizes broadcast, which is rarely meant: PyTorch warns, and so do we. */
  private static Tensor difference(String loss, Tensor input, Tensor target) {
    if (areDifferent(input, target)) {
      warn(
          loss
              + ": the target "
              + target.type()
              + " broadcasts with the input "
              + input.type()
              + "; please give both the same shape");
    }
    return input.sub(target);
  }

  private static boolean areDifferent(Tensor input, Tensor target) {
    if (!input.shape().isKnown() || !target.shape().isKnown()) {
      return false;
    }
    boolean different = input.rank() != target.rank();
    for (int axis = 0; !different && axis < input.rank(); axis++) {
      different = input.size(axis).differsFrom(target.size(axis));
    }
    return different;
  }

  static void requireSameShape(String loss, Tensor input, Tensor target) {
    if (areDifferent(input, target)) {
      throw Mismatch.of("Target", loss, input.shape(), target.shape())
          .withType(target.type())
          .error(
              loss
                  + " expects a target of the input's shape "
                  + input.shape()
                  + ", found "
                  + target.type());
    }
  }

  static Tensor squared(String loss, Tensor input, Tensor target) {
    Tensor difference = difference(loss, input, target);
    return difference.mul(difference);
  }

  static Tensor absolute(String loss, Tensor input, Tensor target) {
    return difference(loss, input, target).abs();
  }

  static Tensor smoothL1(Tensor input, Tensor target, double beta) {
    Arguments.require(beta >= 0, "smooth_l1_loss", "beta", "0 or more", beta);
    Tensor d = absolute("smooth_l1_loss", input, target);
    return beta == 0 ? d : bent(d, beta).div(beta);
  }

  static Tensor huber(Tensor input, Tensor target, double delta) {
    Arguments.require(delta > 0, "huber_loss", "delta", "above 0", delta);
    return bent(absolute("huber_loss", input, target), delta);
  }

  /** 0.5 * d * d up to a bound, and on from there in a line, because m * (d - m / 2) is both. */
  private static Tensor bent(Tensor d, double bound) {
    Tensor m = d.clampMax(bound);
    return m.mul(d.sub(m.mul(0.5)));
  }

  /** Source: torch kl_div: where a target is 0 its own part is 0, although log(0) is not finite. */
  static Tensor divergence(Tensor input, Tensor target, boolean logTarget) {
    if (logTarget) {
      return target.exp().mul(target.sub(input));
    }
    Tensor own = target.mul(target.log()).where(target.ne(0), 0);
    return own.sub(target.mul(input));
  }

  /** Source: torch binary_cross_entropy, which keeps logs at -100 or more. */
  static Tensor binary(Tensor input, Tensor target) {
    Tensor positive = input.log().clampMin(-100).mul(target);
    Tensor rest = input.neg().add(1).log().clampMin(-100).mul(target.neg().add(1));
    return positive.add(rest).neg();
  }

  /**
   * Source: torch binary_cross_entropy_with_logits: (1 - t) * x + w * log(1 + exp(-x)) with w = 1 +
   * (posWeight - 1) * t; the log is taken of numbers up to 2, so that no exp overflows.
   */
  static Tensor binaryWithLogits(Tensor x, Tensor t, @Nullable Tensor posWeight) {
    Tensor m = Functional.relu(x.neg());
    Tensor log = m.neg().exp().add(x.neg().sub(m).exp()).log().add(m);
    Tensor weighted = posWeight == null ? log : log.mul(posWeight.sub(1).mul(t).add(1));
    return t.neg().add(1).mul(x).add(weighted);
  }
}
