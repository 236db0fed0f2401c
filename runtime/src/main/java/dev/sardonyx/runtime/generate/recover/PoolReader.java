package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.functional;
import static dev.sardonyx.runtime.generate.recover.Java.layer;
import static dev.sardonyx.runtime.generate.recover.Java.option;
import static dev.sardonyx.runtime.generate.recover.Java.truth;
import static dev.sardonyx.runtime.generate.recover.Java.tuple;
import static dev.sardonyx.runtime.generate.recover.Java.whole;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.AdaptiveAvgPool1d;
import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.AdaptiveAvgPool3d;
import dev.sardonyx.api.nn.AdaptiveMaxPool1d;
import dev.sardonyx.api.nn.AdaptiveMaxPool2d;
import dev.sardonyx.api.nn.AdaptiveMaxPool3d;
import dev.sardonyx.api.nn.AvgPool1d;
import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.AvgPool3d;
import dev.sardonyx.api.nn.MaxPool1d;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.MaxPool3d;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Expression.Option;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads pools, of which each may be a layer or a function. */
final class PoolReader {
  private static final List<Class<?>> AVERAGES =
      List.of(AvgPool1d.class, AvgPool2d.class, AvgPool3d.class);
  private static final long MOST_PAD = 1 << 20;

  private final Facts facts;

  PoolReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    return switch (node.op()) {
      case PoolOp.MaxPool pool when node.outputs().size() == 1 && !pool.columnMajor() ->
          pool(
              node,
              pool.window(),
              "maxPool",
              List.of(MaxPool1d.class, MaxPool2d.class, MaxPool3d.class),
              option("dilation", tuple(pool.window().dilations())));
      case PoolOp.AveragePool pool
          when pool.window().dilations().stream().allMatch(step -> step == 1) ->
          padded(node, pool).or(() -> average(node, pool));
      case PoolOp.GlobalAveragePool _ ->
          global(
              node,
              "adaptiveAvgPool",
              List.of(AdaptiveAvgPool1d.class, AdaptiveAvgPool2d.class, AdaptiveAvgPool3d.class));
      case PoolOp.GlobalMaxPool _ ->
          global(
              node,
              "adaptiveMaxPool",
              List.of(AdaptiveMaxPool1d.class, AdaptiveMaxPool2d.class, AdaptiveMaxPool3d.class));
      default -> Optional.empty();
    };
  }

  private static Optional<Reading> average(Node node, PoolOp.AveragePool pool) {
    return pool(
        node,
        pool.window(),
        "avgPool",
        AVERAGES,
        option("countIncludePad", truth(pool.countIncludePad() || isUnpadded(pool))));
  }

  /** An exporter writes a padding that counts as a node before the pool. */
  private Optional<Reading> padded(Node node, PoolOp.AveragePool pool) {
    Window window = pool.window();
    int rank = window.rank();
    Optional<Node> maker =
        facts
            .producer(node.inputs().getFirst())
            .filter(pad -> pad.op() instanceof Pad(Pad.Mode mode) && mode == Pad.Mode.CONSTANT)
            .filter(pad -> facts.isUsedOnce(pad.output()) && pad.inputs().size() < 4);
    Optional<List<Long>> pads = maker.flatMap(pad -> facts.numbers(pad.inputs().get(1)));
    boolean plain = isUnpadded(pool) && !window.ceilMode() && pads.isPresent();
    if (!plain || pads.get().size() != 2 * (rank + 2)) {
      return Optional.empty();
    }
    List<Long> before = pads.get().subList(0, rank + 2);
    List<Long> after = pads.get().subList(rank + 2, 2 * (rank + 2));
    boolean zeros =
        maker.get().inputs().size() < 3
            || !maker.get().inputs().get(2).isPresent()
            || facts.number(maker.get().inputs().get(2)).equals(Optional.of(0.0));
    boolean fits = before.get(0) == 0 && before.get(1) == 0 && before.equals(after) && zeros;
    if (!fits || before.stream().anyMatch(pad -> pad < 0 || pad > MOST_PAD)) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>();
    before.subList(2, rank + 2).forEach(pad -> all.add(pad.intValue()));
    after.subList(2, rank + 2).forEach(pad -> all.add(pad.intValue()));
    var wide =
        new Window(
            window.kernel(),
            window.strides(),
            window.dilations(),
            all,
            window.autoPad(),
            window.ceilMode());
    var inner =
        new Node(
            node.name(),
            node.op(),
            maker.get().inputs().subList(0, 1),
            node.outputs(),
            node.origin());
    return pool(inner, wide, "avgPool", AVERAGES, option("countIncludePad", truth(true)))
        .map(reading -> reading.absorbing(maker.get()));
  }

  private static boolean isUnpadded(PoolOp.AveragePool pool) {
    return pool.window().pads().stream().allMatch(pad -> pad == 0);
  }

  private static Optional<Reading> pool(
      Node node, Window window, String function, List<Class<?>> types, Option own) {
    int rank = window.rank();
    if (rank < 1 || rank > 3 || LayerReader.isPaddedOddly(window)) {
      return Optional.empty();
    }
    Value x = node.inputs().getFirst();
    List<Option> options = new ArrayList<>();
    options.add(option("stride", tuple(window.strides())));
    options.add(option("padding", tuple(window.pads().subList(0, rank))));
    options.add(own);
    options.add(option("ceilMode", truth(window.ceilMode())));
    Expression kernel = LayerReader.kernel(window.kernel());
    Expression all = new Expression.Options(options);
    return Optional.of(
        Reading.either(
            "out",
            names -> functional(function + rank + "d", names.tensor(x.name()), kernel, all),
            LayerUse.stateless(layer(types.get(rank - 1), kernel, all)),
            x));
  }

  private static Optional<Reading> global(Node node, String function, List<Class<?>> types) {
    Value x = node.inputs().getFirst();
    int rank = Facts.hasRank(x) ? Facts.type(x).rank() - 2 : 0;
    if (rank < 1 || rank > 3) {
      return Optional.empty();
    }
    return Optional.of(
        Reading.either(
            "out",
            names -> functional(function + rank + "d", names.tensor(x.name()), whole(1)),
            LayerUse.stateless(layer(types.get(rank - 1), whole(1))),
            x));
  }
}
