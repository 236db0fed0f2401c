package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.DepthwiseChain;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.Way;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A depthwise convolution with the convolutions of single pixels around it, in one step: what lies
 * between goes through memory of the thread by lines, which stays in its caches.
 */
final class ChainRoutine {

  /** Which convolutions are taken together. */
  record Choice(Kernels kernels, Weights weights) {

    /** Whether one of single pixels may follow that of windows. */
    boolean projects(Call last, Call window) {
      return isPointwise(last)
          && isKept(last)
          && isKept(window)
          && ends(window)
          && geometry(window).isDepthwise()
          && geometry(window).groupOutChannels() == 1;
    }

    /** Whether one of single pixels may come before that of windows. */
    boolean expands(Call first, Call window) {
      return isPointwise(first)
          && isKept(first)
          && ends(first)
          && takes(geometry(first).channels(), window);
    }

    /** Whether that of windows may be the first. */
    boolean begins(Call window) {
      return takes(0, window);
    }

    /** Whether convolutions that could be a chain are faster so or apart. */
    Decision decide(List<Call> calls, Choices choices) {
      List<ConvolutionGeometry> all = calls.stream().map(ChainRoutine::geometry).toList();
      var model = new CostModel(kernels.rates());
      Map<Way, Double> costs = new EnumMap<>(Way.class);
      costs.put(Way.CHAIN, model.chain(all));
      costs.put(Way.APART, model.apart(all));
      String subject =
          IntStream.range(0, all.size())
                  .mapToObj(i -> ConvolutionWays.subject(calls.get(i), all.get(i)))
                  .collect(Collectors.joining("; "))
              + (kernels.hasTiles() ? " parts " + choices.parts() : "");
      return choices.decide(
          subject,
          costs,
          way ->
              Rehearsal.of(
                  calls, choices.threads(), weights, own -> routines(way, calls, own, choices)));
    }

    private List<Routine> routines(Way way, List<Call> calls, Weights own, Choices choices) {
      return way == Way.CHAIN
          ? List.of(ChainRoutine.of(calls, kernels, own))
          : calls.stream()
              .map(
                  call ->
                      ConvolutionWays.of((Conv) call.op(), call, kernels, own, choices.modelled()))
              .toList();
    }

    private boolean takes(int k, Call window) {
      ConvolutionGeometry geometry = geometry(window);
      long pixels = Sizes.multiply(geometry.batch(), geometry.inPixels());
      return geometry.depth().equals(Axis.SINGLE)
          && pixels <= Integer.MAX_VALUE
          && kernels.chains(k, geometry.channels(), geometry.height(), geometry.width());
    }

    /** Whether weights are packed once, in float32. */
    private boolean isKept(Call call) {
      return weights.keeps(call.input(1))
          && weights.storage(call.input(1)) == WeightStorage.FLOAT32;
    }

    /** Whether a convolution ends with a bias and perhaps an activation. */
    private static boolean ends(Call call) {
      boolean bias = call.has(2) || call.tail().bias().isPresent();
      return bias && call.tail().residual().isEmpty();
    }

    private static boolean isPointwise(Call call) {
      ConvolutionGeometry geometry = geometry(call);
      return geometry.isPointwise() && geometry.groups() == 1;
    }
  }

  private final List<Call> calls;
  private final Kernels kernels;
  private final List<ConvolutionGeometry> geometries;
  private final List<PackedFilter> filters;

  private ChainRoutine(List<Call> calls, Kernels kernels, Weights weights) {
    this.calls = calls;
    this.kernels = kernels;
    geometries = calls.stream().map(ChainRoutine::geometry).toList();
    filters = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      ConvolutionGeometry geometry = geometries.get(i);
      filters.add(
          geometry.isDepthwise()
              ? DepthwiseRoutine.filter(geometry, call, kernels, weights)
              : ConvolutionRoutine.filter(geometry, call, kernels, weights));
    }
  }

  /** Whether a stage is a convolution whose channels come last on both sides. */
  static boolean isConvolution(Stage stage) {
    return stage.op() instanceof Conv && stage.order() == Order.LAST;
  }

  /** The routine for calls that were chosen, in order. */
  static Routine of(List<Call> calls, Kernels kernels, Weights weights) {
    return Routine.of(new ChainRoutine(calls, kernels, weights)::bind);
  }

  private static ConvolutionGeometry geometry(Call call) {
    return ConvolutionRoutine.geometry((Conv) call.op(), ChannelOrder.onnx(call.sizes(0)), call);
  }

  private Step bind(Buffers buffers) {
    List<Buffers> parts = new ArrayList<>();
    int end = 0;
    for (Call call : calls) {
      int from = end;
      end += call.inputs().size();
      List<Optional<MemorySegment>> inputs = buffers.inputs().subList(from, end);
      parts.add(buffers.with(inputs, buffers.outputs(), buffers.scratch()));
    }
    int window = calls.size() - 2;
    int last = calls.size() - 1;
    MemorySegment none = MemorySegment.NULL;
    Product expand = window == 0 ? null : product(0, parts.getFirst().input(0), none, parts);
    Product project = product(last, none, buffers.output(), parts);
    MemorySegment x = window == 0 ? parts.getFirst().input(0) : none;
    var chain = new DepthwiseChain(expand, sweep(window, x, parts), project);
    return shared(chain, buffers);
  }

  private Product product(int i, MemorySegment x, MemorySegment y, List<Buffers> parts) {
    ConvolutionGeometry geometry = geometries.get(i);
    int n = geometry.outChannels();
    int k = geometry.channels();
    Epilogue epilogue = ConvolutionRoutine.epilogue(calls.get(i), parts.get(i));
    var rows = new MatrixRows(x, k, kernels.elementBytes());
    return new Product(n, k, rows, filters.get(i).panels(MemorySegment.NULL), y, n, epilogue);
  }

  private WindowSweep sweep(int i, MemorySegment x, List<Buffers> parts) {
    Epilogue epilogue = ConvolutionRoutine.epilogue(calls.get(i), parts.get(i));
    MemorySegment weights = filters.get(i).in(MemorySegment.NULL);
    return DepthwiseRoutine.sweep(geometries.get(i), x, weights, MemorySegment.NULL, epilogue);
  }

  /** The lines of y, cut between the members of a team: each part expands its first lines anew. */
  private Step shared(DepthwiseChain chain, Buffers buffers) {
    int parts = Math.min(buffers.team().size(), chain.lines());
    return new SharedLines(
            (from, to, arrays) -> kernels.convolveChain(chain, from, to, arrays),
            chain.lines(),
            parts,
            buffers)
        .by(kernels);
  }
}
