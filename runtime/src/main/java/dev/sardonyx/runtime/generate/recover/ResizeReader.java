package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.functional;
import static dev.sardonyx.runtime.generate.recover.Java.option;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.InterpolateMode;
import dev.sardonyx.api.nn.Upsample;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.Resize.AspectRatio;
import dev.sardonyx.api.op.Resize.Coordinates;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Expression.Option;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads Resize by constant scales as PyTorch's interpolate, which may be a layer. */
final class ResizeReader {
  private final Facts facts;

  ResizeReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    if (!(node.op() instanceof Resize op) || node.inputs().size() != 3) {
      return Optional.empty();
    }
    Value x = node.inputs().getFirst();
    Optional<DenseTensor> scales = facts.constant(node.inputs().get(2));
    Optional<InterpolateMode> mode = mode(op, x, node.output());
    if (scales.isEmpty() || mode.isEmpty()) {
      return Optional.empty();
    }
    int rank = Facts.type(x).rank();
    List<Integer> spatial = IntStream.range(2, rank).boxed().toList();
    boolean all = op.axes().isEmpty() && scales.get().elements() == rank;
    boolean some = op.axes().equals(spatial) && scales.get().elements() == rank - 2;
    boolean kept = all && scales.get().doubleAt(0) == 1 && scales.get().doubleAt(1) == 1;
    if (!kept && !some) {
      return Optional.empty();
    }
    int first = all ? 2 : 0;
    List<Double> factors = new ArrayList<>();
    for (int i = 0; i < rank - 2; i++) {
      factors.add(scales.get().doubleAt(first + i));
    }
    boolean aligned = op.coordinates() == Coordinates.ALIGN_CORNERS;
    if (aligned && factors.stream().anyMatch(factor -> factor != Math.rint(factor))) {
      return Optional.empty();
    }
    List<Expression> written =
        factors.stream()
            .limit(factors.stream().distinct().count() == 1 ? 1 : factors.size())
            .<Expression>map(Expression.Real::new)
            .toList();
    List<Option> options = new ArrayList<>();
    options.add(option("scaleFactor", written));
    if (mode.get() != InterpolateMode.NEAREST) {
      options.add(
          option(
              "mode",
              new Expression.Constant(TypeName.of(InterpolateMode.class), mode.get().name())));
    }
    if (aligned) {
      options.add(option("alignCorners", Java.truth(true)));
    }
    Expression chosen = new Expression.Options(options);
    return Optional.of(
        Reading.either(
            "out",
            names -> functional("interpolate", names.tensor(x.name()), chosen),
            LayerUse.stateless(Java.layer(Upsample.class, chosen)),
            x));
  }

  /** The mode that computes the same, if PyTorch has one. */
  private static Optional<InterpolateMode> mode(Resize op, Value x, Value y) {
    boolean plain =
        !op.excludeOutside() && !op.antialias() && op.keepAspectRatio() == AspectRatio.STRETCH;
    int dims = Facts.hasRank(x) ? Facts.type(x).rank() - 2 : 0;
    if (!plain || dims < 1 || dims > 3) {
      return Optional.empty();
    }
    boolean half =
        op.coordinates() == Coordinates.HALF_PIXEL
            || op.coordinates() == Coordinates.PYTORCH_HALF_PIXEL && isLarge(y);
    return switch (op.mode()) {
      case NEAREST ->
          op.coordinates() == Coordinates.ASYMMETRIC && op.nearest() == Resize.Nearest.FLOOR
              ? Optional.of(InterpolateMode.NEAREST)
              : Optional.empty();
      case LINEAR ->
          half || op.coordinates() == Coordinates.ALIGN_CORNERS
              ? Optional.of(
                  List.of(
                          InterpolateMode.LINEAR,
                          InterpolateMode.BILINEAR,
                          InterpolateMode.TRILINEAR)
                      .get(dims - 1))
              : Optional.empty();
      case CUBIC -> Optional.empty();
    };
  }

  /** Where a size is 1 the two half-pixel rules differ. */
  private static boolean isLarge(Value y) {
    return Facts.hasRank(y)
        && Facts.type(y).shape().dims().stream()
            .skip(2)
            .allMatch(dim -> dim instanceof Dim.Fixed(long size) && size > 1);
  }
}
