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
  private PoolReader() {}

  static Optional<Reading> read(Node node) {
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
          pool(
              node,
              pool.window(),
              "avgPool",
              List.of(AvgPool1d.class, AvgPool2d.class, AvgPool3d.class),
              option("countIncludePad", truth(pool.countIncludePad() || isUnpadded(pool))));
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
