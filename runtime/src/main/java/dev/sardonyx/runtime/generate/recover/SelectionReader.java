package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.call;
import static dev.sardonyx.runtime.generate.recover.Java.functional;
import static dev.sardonyx.runtime.generate.recover.Java.whole;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Trilu;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Index;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.recover.Step.Code;
import dev.sardonyx.runtime.generate.recover.Step.SizedCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads nodes that take some of the elements, and reductions. */
final class SelectionReader {
  private static final TypeName INDEX = TypeName.of(Index.class);

  private final Facts facts;

  SelectionReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    Value x = node.inputs().isEmpty() ? Value.absent() : node.inputs().getFirst();
    return switch (node.op()) {
      case Gather(int axis) -> gather(node, x, axis);
      case GatherElements(int axis) -> {
        Value index = node.inputs().get(1);
        Code code =
            names ->
                call(names.tensor(x.name()), "gather", whole(axis), names.tensor(index.name()));
        yield Optional.of(Reading.code("out", code, x, index));
      }
      case Slice _ -> slice(node, x);
      case ReductionOp.Reduce reduce -> reduce(node, x, reduce);
      case ReductionOp.Arg(boolean max, int axis, boolean keepdims, boolean last) when !last ->
          Optional.of(
              Reading.code(
                  "out",
                  names ->
                      call(
                          names.tensor(x.name()),
                          max ? "argmax" : "argmin",
                          Java.truth(keepdims),
                          whole(axis)),
                  x));
      case Trilu(boolean upper) -> {
        Optional<Double> diagonal =
            node.inputs().size() == 2 ? facts.number(node.inputs().get(1)) : Optional.of(0.0);
        yield diagonal.map(
            number ->
                Reading.code(
                    "out",
                    names ->
                        call(
                            names.tensor(x.name()),
                            upper ? "triu" : "tril",
                            whole(number.longValue())),
                    x));
      }
      default -> Optional.empty();
    };
  }

  private Optional<Reading> gather(Node node, Value x, int axis) {
    Value index = node.inputs().get(1);
    Optional<DenseTensor> constant = facts.constant(index);
    if (constant.isPresent() && constant.get().rank() == 0) {
      long position = (long) constant.get().doubleAt(0);
      Code code = names -> call(names.tensor(x.name()), "select", whole(axis), whole(position));
      return Optional.of(Reading.code("selected", code, x));
    }
    if (!Facts.hasRank(index)) {
      return Optional.empty();
    }
    int rank = Facts.type(index).rank();
    if (rank <= 1) {
      Code code =
          names ->
              call(names.tensor(x.name()), "indexSelect", whole(axis), names.tensor(index.name()));
      return Optional.of(Reading.code("selected", code, x, index));
    }
    boolean table = axis == 0 && Facts.hasRank(x) && Facts.type(x).rank() == 2;
    Code code =
        names -> functional("embedding", names.tensor(index.name()), names.tensor(x.name()));
    return table ? Optional.of(Reading.code("embedded", code, index, x)) : Optional.empty();
  }

  /** One axis as narrow, more, or with steps, as Python's brackets. */
  private Optional<Reading> slice(Node node, Value x) {
    Optional<List<Dim>> starts = facts.contents(node.inputs().get(1));
    Optional<List<Dim>> ends = facts.contents(node.inputs().get(2));
    if (starts.isEmpty() || ends.isEmpty() || !Facts.hasRank(x)) {
      return Optional.empty();
    }
    int count = starts.get().size();
    Optional<List<Long>> axes = numbers(node, 3);
    Optional<List<Long>> steps = numbers(node, 4);
    boolean known = axes.isPresent() == isGiven(node, 3) && steps.isPresent() == isGiven(node, 4);
    if (!known || ends.get().size() != count) {
      return Optional.empty();
    }
    int rank = Facts.type(x).rank();
    List<Expression> all =
        new ArrayList<>(
            Collections.nCopies(rank, new Expression.StaticCall(INDEX, "all", List.of())));
    int last = 0;
    List<IndexCode> codes = new ArrayList<>(Collections.nCopies(rank, names -> null));
    for (int i = 0; i < count; i++) {
      int axis =
          (int)
              axes.map(List::copyOf).orElse(List.of()).stream()
                  .skip(i)
                  .findFirst()
                  .orElse((long) i)
                  .longValue();
      axis = axis < 0 ? axis + rank : axis;
      long step = steps.isPresent() ? steps.get().get(i) : 1;
      if (axis < 0 || axis >= rank || step < 1) {
        return Optional.empty();
      }
      Dim start = starts.get().get(i);
      Dim end = ends.get().get(i);
      last = Math.max(last, axis);
      codes.set(axis, names -> range(start, end, step, names, x));
    }
    int shown = last + 1;
    SizedCode code =
        names -> {
          List<Expression> indices = new ArrayList<>();
          for (int axis = 0; axis < shown; axis++) {
            Expression range = codes.get(axis).write(names);
            indices.add(range == null ? all.get(axis) : range);
          }
          return new Expression.Call(names.tensor(x.name()), "get", indices);
        };
    Code plain = code::write;
    boolean fixed =
        starts.get().stream().allMatch(Dim::isFixed) && ends.get().stream().allMatch(Dim::isFixed);
    return Optional.of(Reading.code("part", fixed ? plain : code, x));
  }

  /** Writes the index of one axis; nothing where it is taken whole. */
  private interface IndexCode {
    @org.jspecify.annotations.Nullable
    Expression write(Step.Names names);
  }

  private static Expression range(Dim start, Dim end, long step, Step.Names names, Value x) {
    boolean toEnd = end.isFixed() && end.fixed() >= Integer.MAX_VALUE;
    boolean fromStart = start.equals(Dim.of(0));
    boolean numbers = start.isFixed() && end.isFixed();
    Expression made;
    if (toEnd) {
      made =
          fromStart
              ? new Expression.StaticCall(INDEX, "all", List.of())
              : start.isFixed()
                  ? new Expression.StaticCall(INDEX, "from", List.of(whole(start.fixed())))
                  : null;
      if (made == null) {
        Expression from = names.dim(start, x.name());
        made =
            new Expression.StaticCall(
                INDEX, "range", List.of(from, Java.dim(whole(Long.MAX_VALUE))));
      }
    } else if (numbers) {
      made =
          fromStart
              ? new Expression.StaticCall(INDEX, "to", List.of(whole(end.fixed())))
              : new Expression.StaticCall(
                  INDEX, "range", List.of(whole(start.fixed()), whole(end.fixed())));
    } else if (fromStart) {
      made = new Expression.StaticCall(INDEX, "to", List.of(names.dim(end, x.name())));
    } else {
      made =
          new Expression.StaticCall(
              INDEX, "range", List.of(dim(start, names, x), dim(end, names, x)));
    }
    return step == 1 ? made : call(made, "step", whole(step));
  }

  private static Expression dim(Dim dim, Step.Names names, Value x) {
    return dim.isFixed() ? Java.dim(whole(dim.fixed())) : names.dim(dim, x.name());
  }

  private static boolean isGiven(Node node, int input) {
    return input < node.inputs().size() && node.inputs().get(input).isPresent();
  }

  private Optional<List<Long>> numbers(Node node, int input) {
    return isGiven(node, input) ? facts.numbers(node.inputs().get(input)) : Optional.empty();
  }

  private Optional<Reading> reduce(Node node, Value x, ReductionOp.Reduce reduce) {
    String method =
        switch (reduce.reduction()) {
          case MEAN -> "mean";
          case SUM -> "sum";
          case MAX -> "amax";
          case MIN -> "amin";
          case PROD -> "prod";
          case LOG_SUM_EXP -> "logsumexp";
          case L1, L2, LOG_SUM, SUM_SQUARE -> "";
        };
    Optional<List<Long>> axes = isGiven(node, 1) ? numbers(node, 1) : Optional.of(List.of());
    if (method.isEmpty() || axes.isEmpty() || axes.get().isEmpty() && reduce.noopWithEmptyAxes()) {
      return Optional.empty();
    }
    List<Expression> arguments = new ArrayList<>();
    if (reduce.keepdims()) {
      arguments.add(Java.truth(true));
    }
    arguments.addAll(Java.wholes(axes.get()));
    return Optional.of(
        Reading.code(
            method, names -> new Expression.Call(names.tensor(x.name()), method, arguments), x));
  }
}
