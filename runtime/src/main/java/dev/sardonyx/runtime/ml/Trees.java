package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.DecisionTrees;
import dev.sardonyx.api.op.DecisionTrees.Vote;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Votes of trees, aggregated per target. */
final class Trees {
  /** How votes for one target become one. */
  private enum Aggregate {
    AVERAGE,
    SUM,
    MIN,
    MAX
  }

  private final DecisionTrees trees;
  private final Table table;
  private final Aggregate aggregate;
  private final int targets;
  private final double[] row;
  private final boolean[] voted;
  private long left = Cancellation.EVERY;

  private Trees(MlOp op, DenseTensor x, Aggregate aggregate, int targets) {
    trees = op.trees().orElseThrow();
    table = Table.of(x).requireColumns(trees.features(), op.name());
    this.aggregate = aggregate;
    this.targets = targets;
    row = new double[table.columns()];
    voted = new boolean[targets];
  }

  private static void requireTargets(MlOp op, int targets) {
    boolean within =
        op.trees().orElseThrow().nodes().stream()
            .flatMap(node -> node.votes().stream())
            .allMatch(vote -> vote.target() < targets);
    if (!within) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, op.name() + ": a vote is for none of " + targets + " targets");
    }
  }

  /** The votes for all targets on a row. */
  private double[] votes(long at) {
    double[] scores = new double[targets];
    Arrays.fill(voted, false);
    table.read(at, row);
    for (int root : trees.roots()) {
      left = Cancellation.spend(left, trees.nodes().size());
      for (Vote vote : trees.leaf(root, row).votes()) {
        int target = vote.target();
        double before = scores[target];
        scores[target] =
            switch (aggregate) {
              case SUM, AVERAGE -> before + vote.weight();
              case MIN -> voted[target] ? Math.min(before, vote.weight()) : vote.weight();
              case MAX -> voted[target] ? Math.max(before, vote.weight()) : vote.weight();
            };
        voted[target] = true;
      }
    }
    if (aggregate == Aggregate.AVERAGE) {
      for (int i = 0; i < targets; i++) {
        scores[i] /= trees.roots().size();
      }
    }
    return scores;
  }

  static MlComputations.Prepared regressor(MlOp op) {
    Attributes attributes = op.attributes();
    boolean newest = op.kind() == MlOp.Kind.TREE_ENSEMBLE;
    int targets = attributes.int32("n_targets", 1);
    requireTargets(op, targets);
    var aggregate = aggregate(attributes);
    double[] base = newest ? new double[0] : Numbers.of(attributes, "base_values");
    if (base.length != 0 && base.length != targets) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "%s: %d base_values for %d targets".formatted(op.name(), base.length, targets));
    }
    var transform = transform(attributes);
    return (inputs, memory) -> {
      DenseTensor x = MlComputations.tensor(inputs, 0);
      DType type = newest ? x.dtype() : DType.FLOAT32;
      var ensemble = new Trees(op, x, aggregate, targets);
      return List.of(regress(ensemble, type, base, transform, memory));
    };
  }

  private static DenseTensor regress(
      Trees ensemble, DType type, double[] base, Scores transform, Allocator memory) {
    int targets = ensemble.targets;
    var result = new ScoreTable(type, ensemble.table.rows(), targets, memory);
    for (long r = 0; r < ensemble.table.rows(); r++) {
      double[] scores = ensemble.votes(r);
      for (int i = 0; i < base.length; i++) {
        scores[i] += base[i];
      }
      transform.apply(scores);
      result.write(r, scores);
    }
    return result.tensor();
  }

  /** By name, or in the newest form by number. */
  private static Aggregate aggregate(Attributes attributes) {
    if (attributes.byName().get("aggregate_function") instanceof Attribute.StringValue(String n)) {
      String name = n.toUpperCase(Locale.ROOT);
      return Arrays.stream(Aggregate.values())
          .filter(value -> value.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new SardonyxException(
                      ErrorCode.ARGUMENT, "aggregate_function cannot be '" + n + "'"));
    }
    return Aggregate.values()[number(attributes, "aggregate_function", 1, 4)];
  }

  private static Scores transform(Attributes attributes) {
    return attributes.byName().get("post_transform") instanceof Attribute.StringValue(String name)
        ? Scores.of(name)
        : Scores.values()[number(attributes, "post_transform", 0, 5)];
  }

  private static int number(Attributes attributes, String name, int otherwise, int count) {
    int number = attributes.int32(name, otherwise);
    if (number < 0 || number >= count) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, name + " must be 0 to " + (count - 1) + ", found " + number);
    }
    return number;
  }

  /**
   * Classes by the largest sum. Where there are two and all votes are for one, the sum is that of
   * the second, a probability if no vote is negative. Source: ONNX Runtime; ONNX leaves it open.
   */
  static MlComputations.Prepared classifier(MlOp op) {
    Attributes attributes = op.attributes();
    int classes = op.labels();
    requireTargets(op, classes);
    double[] base = Numbers.of(attributes, "base_values");
    var transform = transform(attributes);
    Set<Long> voted = new HashSet<>(attributes.longs("class_ids"));
    boolean one = classes == 2 && voted.size() == 1;
    boolean first = one && voted.contains(0L);
    if (base.length != 0 && (one ? !first || base.length != 1 : base.length != classes)) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "TreeEnsembleClassifier: %d base_values for %d classes, votes for %s"
              .formatted(base.length, classes, voted));
    }
    if (classes < 2) { // ONNX leaves open what it is told apart from
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "TreeEnsembleClassifier: labels for %d classes".formatted(classes));
    }
    if (first && transform == Scores.PROBIT) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "TreeEnsembleClassifier: PROBIT of votes for one class");
    }
    boolean positive = Arrays.stream(Numbers.of(attributes, "class_weights")).allMatch(w -> w >= 0);
    return (inputs, memory) -> {
      var ensemble = new Trees(op, MlComputations.tensor(inputs, 0), Aggregate.SUM, classes);
      var kind = new Kind(base, transform, one, first, positive);
      return classify(op, ensemble, kind, memory);
    };
  }

  /**
   * What the attributes say of classes.
   *
   * @param one whether all votes are for one of two classes
   * @param first whether that is the first
   * @param positive whether no vote is below 0
   */
  private record Kind(
      double[] base, Scores transform, boolean one, boolean first, boolean positive) {}

  private static List<Data> classify(MlOp op, Trees ensemble, Kind kind, Allocator memory) {
    long rows = ensemble.table.rows();
    double[] base = kind.base();
    var result = new ScoreTable(DType.FLOAT32, rows, ensemble.targets, memory);
    var labels = new ClassLabels(op, rows);
    for (long r = 0; r < rows; r++) {
      double[] scores = ensemble.votes(r);
      for (int i = 0; i < base.length; i++) {
        scores[i] += base[i];
      }
      boolean first = kind.first();
      double half = kind.positive() ? 0.5 : 0;
      labels.add(kind.one() ? scores[first ? 0 : 1] > half ? 1 : 0 : ClassLabels.largest(scores));
      if (first) {
        kind.transform().opposed(scores, scores[0], kind.positive());
      } else {
        kind.transform().apply(scores);
      }
      result.write(r, scores);
    }
    return List.of(labels.tensor(Shape.of(rows), memory), result.tensor());
  }
}
