package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.StoredPanels;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.Way;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ways to compute a node that multiplies rows with its constant input 1, of which the cheapest
 * is taken: from the numbers, or from parts of them on tiles.
 *
 * @param form how the weights are packed, which is what parts depend on besides them
 * @param packed the weights, where they are constant
 * @param times how many products there are
 */
record ProductWays(
    Call call,
    Object form,
    Optional<StoredPanels> packed,
    WeightParts.Shape shape,
    long times,
    Kernels kernels,
    Choices choices) {

  /** Makes the routine of the node. */
  interface Maker {
    /** The routine that multiplies with parts, if there are any. */
    Routine make(Weights weights, WeightParts parts);
  }

  /** The routine of the cheapest way. */
  Routine routine(Weights weights, Maker maker) {
    Map<Way, Double> estimates = estimates();
    if (estimates.size() == 1) {
      return maker.make(weights, WeightParts.NONE);
    }
    Decision decision =
        choices.decide(
            subject(),
            estimates,
            way ->
                Rehearsal.of(
                    List.of(call),
                    choices.threads(),
                    weights,
                    own -> List.of(maker.make(own, parts(way, own)))));
    return maker.make(weights, parts(decision.way(), weights)).decided(decision);
  }

  private Map<Way, Double> estimates() {
    var model = new CostModel(kernels.rates());
    var costs = new EnumMap<Way, Double>(Way.class);
    costs.put(Way.PRODUCTS, model.products(times, shape));
    double share = shape.cost(kernels, choices.parts());
    if (packed.isPresent() && !packed.get().isNarrow() && share < WeightParts.MOST_TRIED) {
      costs.put(Way.TILES, model.parts(times, shape, share));
    }
    return costs;
  }

  private WeightParts parts(Way way, Weights weights) {
    if (way != Way.TILES) {
      return WeightParts.NONE;
    }
    DenseTensor tensor = call.input(1).constant().orElseThrow();
    return WeightParts.of(
        tensor, form, shape, choices.parts(), packed::orElseThrow, kernels, weights);
  }

  /** The shape in one line; a layer's own steps are part of what is measured. */
  private String subject() {
    String sizes = "%dx%dx%d".formatted(shape.m(), shape.k(), shape.n());
    String stack = times == 1 ? "" : " %d times with %d weights".formatted(times, shape.count());
    return "%s %s%s parts %d".formatted(call.op().name(), sizes, stack, choices.parts());
  }
}
