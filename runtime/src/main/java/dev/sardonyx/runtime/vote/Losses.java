package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.LossOp;
import java.util.List;
import java.util.Optional;

/** Losses of classes. Source: ONNX NegativeLogLikelihoodLoss, SoftmaxCrossEntropyLoss. */
final class Losses {
  private Losses() {}

  static List<Exact> of(LossOp op, Operands in) {
    return switch (op) {
      case LossOp.NegativeLogLikelihoodLoss _ -> List.of(loss(op, in, in.get(0)));
      case LossOp.SoftmaxCrossEntropyLoss _ -> {
        Exact logarithms = Normalizations.softmax(in.get(0), 1, true);
        yield List.of(loss(op, in, logarithms), logarithms);
      }
    };
  }

  /** A sample's loss before its weight is multiplied in, and that weight. */
  private record Part(double loss, double weight) {}

  private static Exact loss(LossOp op, Operands in, Exact logarithms) {
    Exact target = in.get(1);
    Lines classes = Lines.of(logarithms.sizes(), 1);
    Optional<Exact> weights = in.find(2);
    long samples = target.elements();
    return switch (op.reduction()) {
      case NONE ->
          Exact.real(
              in.type(),
              20,
              sample -> {
                Part part = part(op, logarithms, target, classes, weights, sample);
                return part.weight == 0 ? 0 : part.loss * part.weight;
              });
      case SUM, MEAN ->
          Exact.real(
              in.type(),
              20 * samples,
              _ -> {
                double losses = 0;
                double all = 0;
                for (long sample = 0; sample < samples; sample++) {
                  Part part = part(op, logarithms, target, classes, weights, sample);
                  losses += part.weight == 0 ? 0 : part.loss * part.weight;
                  all += part.weight;
                }
                return op.reduction() == LossOp.Reduction.SUM ? losses : losses / all;
              });
    };
  }

  private static Part part(
      LossOp op,
      Exact logarithms,
      Exact target,
      Lines classes,
      Optional<Exact> weights,
      long sample) {
    long wanted = target.wholeAt(sample);
    if (op.ignoreIndex().isPresent() && op.ignoreIndex().get() == wanted) {
      return new Part(0, 0);
    }
    long own = Lookups.wrapped(wanted, classes.length());
    double logarithm = logarithms.at(classes.start(sample) + own * classes.step());
    return new Part(-logarithm, weights.map(all -> all.at(own)).orElse(1.0));
  }
}
