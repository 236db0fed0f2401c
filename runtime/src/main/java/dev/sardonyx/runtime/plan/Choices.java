package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.tune.Costs;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.Trial;
import dev.sardonyx.runtime.tune.Way;
import java.util.Map;
import java.util.Optional;

/**
 * What a session leaves open of how its nodes are computed, and who knows what that costs: the one
 * place where a way is chosen.
 *
 * @param fused whether nodes may be computed together, and with their channels last; else each is a
 *     step of its own
 * @param winograd whether convolutions may be computed by Winograd's transforms
 * @param precision how exactly products have to be computed, as the kernels have it
 * @param threads how many a run may have
 * @param measured costs on this machine, where the session measures; else a model has to do
 */
public record Choices(
    boolean fused, boolean winograd, Precision precision, int threads, Optional<Costs> measured) {

  /** All is left open that keeps float32's accuracy. */
  public static Choices standard() {
    return new Choices(true, true, Precision.FLOAT32, 1, Optional.empty());
  }

  /** Nothing is left open: the nearest to what is written. */
  public static Choices none() {
    return new Choices(false, false, Precision.FLOAT32, 1, Optional.empty());
  }

  /**
   * The cheapest of some ways.
   *
   * @param subject the node's shape, in one line
   * @param estimates what each costs by the model, in nanoseconds
   */
  Decision decide(String subject, Map<Way, Double> estimates, Trial trial) {
    return Optional.of(estimates)
        .filter(some -> some.size() > 1)
        .flatMap(_ -> measured)
        .flatMap(costs -> costs.of(subject, estimates.keySet(), trial))
        .map(costs -> Decision.cheapest(true, costs))
        .orElseGet(() -> Decision.cheapest(false, estimates));
  }

  /** The same by the model alone. */
  Choices modelled() {
    return new Choices(fused, winograd, precision, threads, Optional.empty());
  }

  /** Of how many parts a number of a product is, where it is computed from parts. */
  int parts() {
    return switch (precision) {
      case FLOAT32 -> 3;
      case FAST -> 2;
      case BF16 -> 1;
    };
  }

  /** Why a set of kernels does not compute in a precision, if so. */
  public static Optional<String> lack(Precision asked, Kernels kernels) {
    return precision(asked, kernels) == asked
        ? Optional.empty()
        : Optional.of("precision %s: no AMX tiles here, so float32".formatted(asked.word()));
  }

  /** The precision in which a set of kernels computes where one is asked for. */
  public static Precision precision(Precision asked, Kernels kernels) {
    return kernels.hasTiles() ? asked : Precision.FLOAT32;
  }
}
