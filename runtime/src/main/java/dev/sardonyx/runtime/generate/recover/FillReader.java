package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.functional;
import static dev.sardonyx.runtime.generate.recover.Java.whole;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.PadMode;
import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.SpaceOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.recover.Step.SizedCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads nodes that put elements around a tensor, between its elements, or make one anew. */
final class FillReader {
  private static final TypeName TENSOR = TypeName.of(Tensor.class);

  private final Facts facts;

  FillReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    Value x = node.inputs().isEmpty() ? Value.absent() : node.inputs().getFirst();
    return switch (node.op()) {
      case Pad pad -> pad(node, x, pad);
      case SpaceOp.DepthToSpace(int block, SpaceOp.DepthToSpace.Order order)
          when order == SpaceOp.DepthToSpace.Order.CRD ->
          Optional.of(
              Reading.code(
                  "out",
                  names -> functional("pixelShuffle", names.tensor(x.name()), whole(block)),
                  x));
      case FillOp.ConstantOfShape fill -> filled(node, fill);
      case FillOp.Range _ -> range(node);
      default -> Optional.empty();
    };
  }

  /** ONNX gives all begins and then all ends; PyTorch pairs, the last axis first. */
  private Optional<Reading> pad(Node node, Value x, Pad pad) {
    Optional<List<Long>> pads = facts.numbers(node.inputs().get(1));
    boolean plain = node.inputs().size() < 4 && Facts.hasRank(x);
    Optional<Double> value =
        node.inputs().size() > 2 && node.inputs().get(2).isPresent()
            ? facts.number(node.inputs().get(2))
            : Optional.of(0.0);
    if (pads.isEmpty() || !plain || value.isEmpty()) {
      return Optional.empty();
    }
    int rank = Facts.type(x).rank();
    List<Expression> pairs = new ArrayList<>();
    int first = 0;
    while (first < rank && pads.get().get(first) == 0 && pads.get().get(first + rank) == 0) {
      first++;
    }
    for (int axis = rank - 1; axis >= first; axis--) {
      pairs.add(whole(pads.get().get(axis)));
      pairs.add(whole(pads.get().get(axis + rank)));
    }
    String mode =
        switch (pad.mode()) {
          case CONSTANT -> PadMode.CONSTANT.name();
          case REFLECT -> PadMode.REFLECT.name();
          case EDGE -> PadMode.REPLICATE.name();
          case WRAP -> PadMode.CIRCULAR.name();
        };
    return Optional.of(
        Reading.code(
            "out",
            names ->
                functional(
                    "pad",
                    names.tensor(x.name()),
                    new Expression.Array(int.class, pairs),
                    new Expression.Constant(TypeName.of(PadMode.class), mode),
                    new Expression.Real(value.get())),
            x));
  }

  private static Optional<Reading> filled(Node node, FillOp.ConstantOfShape fill) {
    Value y = node.output();
    if (!Facts.hasRank(y) || fill.value().dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    float value = fill.value().bytes().getFloat(0);
    List<Dim> dims = Facts.type(y).shape().dims();
    if ((value != 0 && value != 1) || dims.stream().anyMatch(Dim.Unknown.class::isInstance)) {
      return Optional.empty();
    }
    SizedCode code =
        names -> {
          List<Expression> sizes = new ArrayList<>();
          for (Dim dim : dims) {
            sizes.add(dim.isFixed() ? Java.dim(whole(dim.fixed())) : names.dim(dim, ""));
          }
          return new Expression.StaticCall(
              TENSOR, value == 0 ? "zeros" : "ones", List.of(Java.list(sizes)));
        };
    return Optional.of(Reading.code("filled", code));
  }

  /** From 0 on, in ones, as positions are made. */
  private Optional<Reading> range(Node node) {
    Optional<Double> start = facts.number(node.inputs().get(0));
    Optional<Double> step = facts.number(node.inputs().get(2));
    boolean ones = start.equals(Optional.of(0.0)) && step.equals(Optional.of(1.0));
    boolean whole = Facts.type(node.output()).dtype() == DType.INT64;
    Dim end =
        Facts.hasRank(node.output()) ? Facts.type(node.output()).shape().dim(0) : new Dim.Unknown();
    if (!ones || !whole || end instanceof Dim.Unknown) {
      return Optional.empty();
    }
    SizedCode code =
        names ->
            new Expression.StaticCall(
                TENSOR, "arange", List.of(end.isFixed() ? whole(end.fixed()) : names.dim(end, "")));
    return Optional.of(Reading.code("positions", code));
  }
}
