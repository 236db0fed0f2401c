package dev.sardonyx.models.golden;

import dev.sardonyx.api.nn.BCELoss;
import dev.sardonyx.api.nn.BCEWithLogitsLoss;
import dev.sardonyx.api.nn.CrossEntropyLoss;
import dev.sardonyx.api.nn.CrossEntropyOptions;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.HuberLoss;
import dev.sardonyx.api.nn.KLDivLoss;
import dev.sardonyx.api.nn.L1Loss;
import dev.sardonyx.api.nn.Loss;
import dev.sardonyx.api.nn.MSELoss;
import dev.sardonyx.api.nn.NLLLoss;
import dev.sardonyx.api.nn.NLLOptions;
import dev.sardonyx.api.nn.Reduction;
import dev.sardonyx.api.nn.SmoothL1Loss;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

class LossesTest extends TorchTheme {
  private static final Tensor WEIGHT = Tensor.of(new float[] {0.5f, 1, 2, 0.25f, 1.5f}, 5);

  LossesTest() {
    super("losses");
    addDifferences();
    addNegativeLogLikelihoods();
    addCrossEntropies();
    addBinary();
    addDivergences();
    addFunctions();
    for (Reduction r : List.of(Reduction.NONE, Reduction.MEAN, Reduction.SUM)) {
      fixed(
          "dim 0 holds the classes, whose number must be known",
          "CrossEntropyLoss_smooth_unbatched" + suffix(r),
          "CrossEntropyLoss_prob_unbatched" + suffix(r));
    }
  }

  private void addLoss(String name, Loss loss) {
    add(
        name,
        () ->
            TorchSubject.layer(loss, in -> List.of(loss.forward(in.getFirst(), in.getLast()))));
  }

  private static String suffix(Reduction reduction) {
    return "_" + reduction.name().toLowerCase(Locale.ROOT);
  }

  /** One case for each reduction but BATCHMEAN. */
  private void addReduced(String name, Function<Reduction, Loss> loss) {
    for (Reduction r : List.of(Reduction.NONE, Reduction.MEAN, Reduction.SUM)) {
      addLoss(name + suffix(r), loss.apply(r));
    }
  }

  private void addDifferences() {
    for (String name : List.of("", "_4d", "_broadcast", "_scalar")) {
      addReduced("MSELoss" + name, MSELoss::new);
    }
    addReduced("L1Loss", L1Loss::new);
    addReduced("SmoothL1Loss", SmoothL1Loss::new);
    addReduced("SmoothL1Loss_beta", r -> new SmoothL1Loss(r, 0.3));
    addReduced("SmoothL1Loss_beta_0", r -> new SmoothL1Loss(r, 0));
    addReduced("HuberLoss", HuberLoss::new);
    addReduced("HuberLoss_delta", r -> new HuberLoss(r, 2.5));
  }

  private void addNll(String name, UnaryOperator<NLLOptions> options) {
    addReduced("NLLLoss" + name, r -> new NLLLoss(o -> options.apply(o).reduction(r)));
  }

  private void addNegativeLogLikelihoods() {
    for (String name : List.of("", "_ignore", "_2d", "_unbatched", "_all_ignored")) {
      addNll(name, o -> o);
    }
    addNll("_weight", o -> o.weight(WEIGHT));
    addNll("_weight_unbatched", o -> o.weight(WEIGHT));
    addNll("_weight_ignore", o -> o.weight(WEIGHT).ignoreIndex(2));
    addNll("_weight_2d", o -> o.weight(WEIGHT).ignoreIndex(1));
  }

  private void addCrossEntropy(String name, UnaryOperator<CrossEntropyOptions> options) {
    addReduced(
        "CrossEntropyLoss" + name, r -> new CrossEntropyLoss(o -> options.apply(o).reduction(r)));
  }

  private void addCrossEntropies() {
    for (String name :
        List.of("", "_ignore", "_2d", "_unbatched", "_all_ignored", "_large_logits", "_prob")) {
      addCrossEntropy(name, o -> o);
    }
    for (String name : List.of("_weight", "_weight_unbatched", "_prob_2d")) {
      addCrossEntropy(name, o -> o.weight(WEIGHT));
    }
    addCrossEntropy("_weight_ignore", o -> o.weight(WEIGHT).ignoreIndex(2));
    addCrossEntropy("_weight_2d", o -> o.weight(WEIGHT).ignoreIndex(1));
    addCrossEntropy("_smooth", o -> o.labelSmoothing(0.1));
    addCrossEntropy("_smooth_2d", o -> o.labelSmoothing(0.3));
    addCrossEntropy("_smooth_unbatched", o -> o.labelSmoothing(0.3).weight(WEIGHT));
    addCrossEntropy("_smooth_1", o -> o.labelSmoothing(1));
    addCrossEntropy(
        "_weight_smooth_ignore", o -> o.weight(WEIGHT).labelSmoothing(0.2).ignoreIndex(4));
    addCrossEntropy("_weight_smooth_2d", o -> o.weight(WEIGHT).labelSmoothing(0.2).ignoreIndex(0));
    addCrossEntropy("_prob_unbatched", o -> o.weight(WEIGHT).labelSmoothing(0.1));
    addCrossEntropy("_prob_weight_smooth", o -> o.weight(WEIGHT).labelSmoothing(0.1));
  }

  /** The weights are those that the case has in its state dict. */
  private static Tensor weight(String name, String key) {
    return Golden.named(TorchCase.of("losses", name + "_none").weights().entries(), key);
  }

  private void addBinary() {
    addReduced("BCELoss", BCELoss::new);
    addReduced("BCELoss_certain", BCELoss::new);
    for (String name : List.of("BCELoss_weight", "BCELoss_weight_broadcast")) {
      Tensor weight = weight(name, "weight");
      addReduced(name, r -> new BCELoss(o -> o.weight(weight).reduction(r)));
    }
    addReduced("BCEWithLogitsLoss", BCEWithLogitsLoss::new);
    addReduced("BCEWithLogitsLoss_large", BCEWithLogitsLoss::new);
    String both = "BCEWithLogitsLoss_both";
    Tensor weight = weight(both, "weight");
    Tensor posWeight = weight(both, "pos_weight");
    addReduced(
        "BCEWithLogitsLoss_weight", r -> new BCEWithLogitsLoss(o -> o.weight(weight).reduction(r)));
    addReduced(
        "BCEWithLogitsLoss_pos_weight",
        r -> new BCEWithLogitsLoss(o -> o.posWeight(posWeight).reduction(r)));
    addReduced(
        both,
        r -> new BCEWithLogitsLoss(o -> o.weight(weight).posWeight(posWeight).reduction(r)));
  }

  private void addDivergences() {
    for (Reduction r : Reduction.values()) {
      addLoss("KLDivLoss" + suffix(r), new KLDivLoss(r));
      addLoss("KLDivLoss" + suffix(r) + "_zeros", new KLDivLoss(r));
      addLoss("KLDivLoss" + suffix(r) + "_log_target", new KLDivLoss(r, true));
    }
  }

  private void addFunctions() {
    add("mse_loss", () -> TorchSubject.function(Functional::mseLoss));
    add("l1_loss", () -> TorchSubject.function(Functional::l1Loss));
    add("smooth_l1_loss", () -> TorchSubject.function(Functional::smoothL1Loss));
    add("huber_loss", () -> TorchSubject.function(Functional::huberLoss));
    add("cross_entropy", () -> TorchSubject.function(Functional::crossEntropy));
    add(
        "cross_entropy_weight",
        () ->
            TorchSubject.function(
                (input, target) ->
                    Functional.crossEntropy(input, target, o -> o.weight(WEIGHT))));
    add("nll_loss", () -> TorchSubject.function(Functional::nllLoss));
    add("binary_cross_entropy", () -> TorchSubject.function(Functional::binaryCrossEntropy));
    add(
        "binary_cross_entropy_with_logits",
        () -> TorchSubject.function(Functional::binaryCrossEntropyWithLogits));
    add("kl_div", () -> TorchSubject.function(Functional::klDiv));
  }
}
