package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.Way;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ways to compute a convolution, of which the cheapest is taken. */
final class ConvolutionWays {
  private final Call call;
  private final ConvolutionGeometry geometry;
  private final Kernels kernels;
  private final Weights weights;
  private final int parts;

  /**
   * A convolution.
   *
   * @param call on an output whose channels come last
   * @param parts of each number where they are multiplied
   */
  private ConvolutionWays(Conv op, Call call, Kernels kernels, Weights weights, int parts) {
    this.call = call;
    this.kernels = kernels;
    this.weights = weights;
    this.parts = parts;
    geometry = ConvolutionRoutine.geometry(op, onnx(call), call);
  }

  /** The sizes of the input in ONNX's order. */
  static long[] onnx(Call call) {
    return call.channelsLast() ? ChannelOrder.onnx(call.sizes(0)) : call.sizes(0);
  }

  static Routine of(Conv op, Call call, Kernels kernels, Weights weights, Choices choices) {
    int parts = choices.parts();
    var ways = new ConvolutionWays(op, call, kernels, weights, parts);
    if (ways.geometry.isDepthwise()) {
      return ways.turned(last -> DepthwiseRoutine.of(ways.geometry, last, kernels, weights));
    }
    Sizes.narrow(Sizes.multiply(ways.geometry.batch(), ways.geometry.outPixels()));
    Map<Way, Double> estimates = ways.estimates(op, choices);
    Decision decision =
        choices.decide(
            ways.subject(estimates.containsKey(Way.TILES)),
            estimates,
            way ->
                Rehearsal.of(
                    List.of(call),
                    choices.threads(),
                    weights,
                    own ->
                        List.of(new ConvolutionWays(op, call, kernels, own, parts).routine(way))));
    Routine routine = ways.routine(decision.way());
    return estimates.size() > 1 ? routine.decided(decision) : routine;
  }

  /** What each way that may be taken costs. */
  private Map<Way, Double> estimates(Conv op, Choices choices) {
    var model = new CostModel(kernels.rates());
    double turn = call.channelsLast() ? 0 : model.turned(geometry);
    var costs = new EnumMap<Way, Double>(Way.class);
    costs.put(Way.PRODUCTS, turn + model.products(geometry));
    boolean kept = weights.keeps(call.input(1)); // transforming them in each run does not pay
    boolean plain = weights.storage(call.input(1)) == WeightStorage.FLOAT32;
    double share = ConvolutionRoutine.shape(geometry, kernels).cost(kernels, parts);
    if (kept && plain && share < WeightParts.MOST_TRIED) {
      costs.put(Way.TILES, turn + model.parts(geometry, share, !kernels.splitsPixels(geometry)));
    }
    if (choices.winograd() && kept && plain && WinogradRoutine.takes(geometry, kernels)) {
      costs.put(Way.WINOGRAD_2, turn + model.winograd(2, geometry));
      costs.put(Way.WINOGRAD_4, turn + model.winograd(4, geometry));
    }
    if (PlaneRoutine.takes(op, call, kernels)) {
      costs.put(Way.PLANES, model.planes(geometry));
    }
    return costs;
  }

  private Routine routine(Way way) {
    return switch (way) {
      case PLANES -> PlaneRoutine.of(geometry, call, kernels, weights);
      case WINOGRAD_2 -> turned(last -> WinogradRoutine.of(2, geometry, last, kernels, weights));
      case WINOGRAD_4 -> turned(last -> WinogradRoutine.of(4, geometry, last, kernels, weights));
      case PRODUCTS -> turned(last -> ConvolutionRoutine.of(geometry, last, kernels, weights, 0));
      case TILES -> turned(last -> ConvolutionRoutine.of(geometry, last, kernels, weights, parts));
      case CHAIN, APART -> throw new IllegalArgumentException("of several nodes: " + way);
    };
  }

  private Routine turned(Function<Call, Routine> routine) {
    return ChannelOrder.of(call, routine);
  }

  /** The shape in one line, with the parts where they tell. */
  private String subject(boolean tiles) {
    return subject(call, geometry) + (tiles ? " parts " + parts : "");
  }

  /** The shape of a convolution in one line. */
  static String subject(Call call, ConvolutionGeometry g) {
    List<Axis> axes = List.of(g.depth(), g.height(), g.width());
    return "conv " // joined, as format takes 10 ms when first used
        + String.join("x", "" + g.batch(), "" + g.channels(), each(axes, Axis::size))
        + (" to " + g.outChannels())
        + (" kernel " + each(axes, Axis::kernel))
        + (" stride " + each(axes, Axis::stride))
        + (" dilation " + each(axes, Axis::dilation))
        + (" pads " + each(axes, axis -> axis.padBefore() + "+" + axis.padAfter()))
        + (" groups " + g.groups())
        + (call.channelsLast() ? "" : " in planes");
  }

  /** A property of each axis, but for a depth that is not there. */
  private static String each(List<Axis> axes, Function<Axis, Object> property) {
    return axes.stream()
        .skip(axes.getFirst().equals(Axis.SINGLE) ? 1 : 0)
        .map(axis -> property.apply(axis).toString())
        .collect(Collectors.joining("x"));
  }
}
