package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.call;
import static dev.sardonyx.runtime.generate.recover.Java.layer;
import static dev.sardonyx.runtime.generate.recover.Java.whole;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.recover.Step.Code;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import dev.sardonyx.runtime.generate.recover.Step.SizedCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads nodes that change shapes: the dims they write are those that were inferred. */
final class LayoutReader {
  private final Facts facts;

  LayoutReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    Value x = node.inputs().isEmpty() ? Value.absent() : node.inputs().getFirst();
    return switch (node.op()) {
      case Reshape _ -> reshape(node, x);
      case Flatten(int axis) -> flatten(node, x, axis);
      case Transpose(List<Integer> perm) -> transpose(x, perm);
      case AxesOp.Unsqueeze _ -> unsqueeze(node, x);
      case AxesOp.Squeeze _ -> squeeze(node, x);
      case Expand _ -> expand(node, x);
      case Tile _ ->
          facts
              .numbers(node.inputs().get(1))
              .map(
                  repeats ->
                      Reading.code(
                          "out",
                          names ->
                              new Expression.Call(
                                  names.tensor(x.name()), "repeat", Java.wholes(repeats)),
                          x));
      case Concat(int axis) -> concat(node, axis);
      default -> Optional.empty();
    };
  }

  private Optional<Reading> reshape(Node node, Value x) {
    Value y = node.output();
    if (!Facts.hasRank(y) || !Facts.hasRank(x)) {
      return Optional.empty();
    }
    List<Dim> dims = Facts.type(y).shape().dims();
    List<Dim> from = Facts.type(x).shape().dims();
    boolean fixed = dims.stream().allMatch(Dim::isFixed);
    if (fixed) {
      List<Long> sizes = dims.stream().map(Dim::fixed).toList();
      return Optional.of(
          Reading.code(
              "out",
              names -> new Expression.Call(names.tensor(x.name()), "view", Java.wholes(sizes)),
              x));
    }
    Optional<Code> parted = parted(x, from, dims);
    if (parted.isPresent()) {
      return Optional.of(Reading.code("out", parted.get(), x));
    }
    boolean rows =
        dims.size() == 2
            && from.size() > 1
            && !dims.get(0).isFixed()
            && dims.get(0).sameAs(from.get(0));
    SizedCode code =
        names -> {
          Expression tensor = names.tensor(x.name());
          if (rows) {
            return call(tensor, "view", names.dim(dims.get(0), x.name()), whole(-1));
          }
          return sized(tensor, "view", "reshape", dims, computed(dims), names, x);
        };
    return Optional.of(Reading.code("out", code, x));
  }

  /** Where only the last dims are made one, or one is parted, the others need not be said. */
  private static Optional<Code> parted(Value x, List<Dim> from, List<Dim> to) {
    int same = 0;
    while (same < Math.min(from.size(), to.size()) && from.get(same).sameAs(to.get(same))) {
      same++;
    }
    if (same > 1 && to.size() == same + 1 && from.size() > to.size()) {
      int start = same;
      Dim rest = from.subList(same, from.size()).stream().reduce(Dim.of(1), Dim::times);
      return rest.sameAs(to.getLast())
          ? Optional.of(names -> call(names.tensor(x.name()), "flatten", whole(start)))
          : Optional.empty();
    }
    if (same > 0 && from.size() == same + 1 && to.size() > from.size()) {
      List<Dim> parts = to.subList(same, to.size());
      boolean fills =
          parts.stream().allMatch(Dim::isFixed)
              && parts.stream().reduce(Dim.of(1), Dim::times).sameAs(from.getLast());
      List<Expression> arguments = new ArrayList<>(List.of(whole(-1)));
      arguments.addAll(fills ? Java.wholes(parts.stream().map(Dim::fixed).toList()) : List.of());
      return fills
          ? Optional.of(
              names -> new Expression.Call(names.tensor(x.name()), "unflatten", arguments))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /** A dim of which nothing is known is computed from the others. */
  private static List<Dim> computed(List<Dim> dims) {
    return dims.stream().map(dim -> dim instanceof Dim.Unknown ? Dim.of(-1) : dim).toList();
  }

  /** A call with sizes: of numbers where all are, of a dim and numbers, else of a list. */
  private static Expression sized(
      Expression tensor,
      String method,
      String ofList,
      List<Dim> original,
      List<Dim> dims,
      Step.Names names,
      Value near) {
    boolean tail = dims.stream().skip(1).allMatch(Dim::isFixed);
    List<Expression> written = new ArrayList<>();
    if (tail) {
      for (Dim dim : dims) {
        written.add(dim.isFixed() ? whole(dim.fixed()) : names.dim(dim, near.name()));
      }
      return new Expression.Call(tensor, method, written);
    }
    for (Dim dim : dims) {
      written.add(dim.isFixed() ? Java.dim(whole(dim.fixed())) : names.dim(dim, near.name()));
    }
    return call(tensor, original.isEmpty() ? method : ofList, Java.list(written));
  }

  private static Optional<Reading> flatten(Node node, Value x, int axis) {
    boolean usual = axis == 1 && Facts.hasRank(x) && Facts.type(x).rank() > 1;
    if (!usual) {
      return Optional.empty();
    }
    Code code = names -> call(names.tensor(x.name()), "flatten", whole(1));
    return Optional.of(
        Reading.either(
            "out", code, LayerUse.stateless(layer(dev.sardonyx.api.nn.Flatten.class)), x));
  }

  private static Optional<Reading> transpose(Value x, List<Integer> perm) {
    if (!Facts.hasRank(x)) {
      return Optional.empty();
    }
    int rank = Facts.type(x).rank();
    List<Integer> order =
        perm.isEmpty() ? IntStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList() : perm;
    List<Integer> moved = IntStream.range(0, rank).filter(i -> order.get(i) != i).boxed().toList();
    Code code =
        moved.size() == 2
            ? names ->
                call(names.tensor(x.name()), "transpose", whole(moved.get(0)), whole(moved.get(1)))
            : names -> new Expression.Call(names.tensor(x.name()), "permute", Java.wholes(order));
    return Optional.of(Reading.code("out", code, x));
  }

  private Optional<Reading> unsqueeze(Node node, Value x) {
    if (!Facts.hasRank(node.output())) {
      return Optional.empty();
    }
    int rank = Facts.type(node.output()).rank();
    return facts
        .numbers(node.inputs().get(1))
        .map(
            axes -> {
              List<Long> sorted =
                  axes.stream().map(axis -> axis < 0 ? axis + rank : axis).sorted().toList();
              return Reading.code("out", names -> each(names, x, "unsqueeze", sorted), x);
            });
  }

  private Optional<Reading> squeeze(Node node, Value x) {
    boolean named = node.inputs().size() == 2 && Facts.hasRank(x);
    if (!named) {
      return Optional.empty();
    }
    int rank = Facts.type(x).rank();
    return facts
        .numbers(node.inputs().get(1))
        .map(
            axes -> {
              List<Long> sorted =
                  axes.stream()
                      .map(axis -> axis < 0 ? axis + rank : axis)
                      .sorted()
                      .toList()
                      .reversed();
              return Reading.code("out", names -> each(names, x, "squeeze", sorted), x);
            });
  }

  private static Expression each(Step.Names names, Value x, String method, List<Long> axes) {
    Expression result = names.tensor(x.name());
    for (Long axis : axes) {
      result = call(result, method, whole(axis));
    }
    return result;
  }

  /** To the dims of the result; those that stay are written as -1. */
  private static Optional<Reading> expand(Node node, Value x) {
    Value y = node.output();
    if (!Facts.hasRank(y) || !Facts.hasRank(x)) {
      return Optional.empty();
    }
    TensorType from = Facts.type(x);
    List<Dim> dims = new ArrayList<>(Facts.type(y).shape().dims());
    int added = dims.size() - from.rank();
    for (int axis = added; axis < dims.size(); axis++) {
      if (!dims.get(axis).isFixed() && dims.get(axis).sameAs(from.shape().dim(axis - added))) {
        dims.set(axis, Dim.of(-1));
      }
    }
    if (dims.stream().allMatch(Dim::isFixed)) {
      List<Long> sizes = dims.stream().map(Dim::fixed).toList();
      return Optional.of(
          Reading.code(
              "out",
              names -> new Expression.Call(names.tensor(x.name()), "expand", Java.wholes(sizes)),
              x));
    }
    SizedCode code =
        names -> {
          List<Expression> written = new ArrayList<>();
          for (Dim dim : dims) {
            written.add(dim.isFixed() ? Java.dim(whole(dim.fixed())) : names.dim(dim, x.name()));
          }
          return call(names.tensor(x.name()), "expand", Java.list(written));
        };
    return Optional.of(Reading.code("out", code, x));
  }

  private static Optional<Reading> concat(Node node, int axis) {
    List<Value> parts = node.inputs();
    Code code =
        names ->
            new Expression.StaticCall(
                TypeName.of(Tensor.class),
                "cat",
                List.of(
                    Java.list(parts.stream().map(part -> names.tensor(part.name())).toList()),
                    whole(axis)));
    return Optional.of(
        new Reading(parts, Optional.of(code), Optional.empty(), "joined", List.of()));
  }
}
