package dev.sardonyx.api.op;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The same elements in another shape. Input 1 holds the shape: 0 copies the dim of the input unless
 * allowzero, one -1 is computed. Source: ONNX Reshape.
 */
public record Reshape(boolean allowzero) implements LayoutOp {
  private static final Dim INFER = Dim.of(-1);

  @Override
  public String name() {
    return "Reshape";
  }

  @Override
  public int sinceOpset() {
    return allowzero ? 14 : 5;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("allowzero", Attribute.of(allowzero), Attribute.of(false));
  }

  static Reshape read(Attributes attributes) {
    return new Reshape(attributes.only("allowzero").bool("allowzero", false));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(2, 2).tensor(0, "data");
    TensorType shape = in.ranked(1, "shape", 1);
    in.requireDType(1, "shape", EnumSet.of(DType.INT64));
    boolean scalar = shape.shape().isFixed() && shape.dim(0).equals(Dim.of(0));
    Optional<List<Dim>> target = scalar ? Optional.of(List.of()) : in.contents(1);
    if (target.isPresent()) {
      return List.of(x.withShape(resolve(in, x.shape(), target.get())));
    }
    if (!shape.shape().isFixed()) {
      return List.of(x.withShape(Shape.unknown()));
    }
    List<Dim> unknown = new ArrayList<>();
    for (int i = 0; i < shape.dim(0).fixed(); i++) {
      unknown.add(new Dim.Unknown());
    }
    return List.of(x.withShape(Shape.of(unknown)));
  }

  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    return in.contents(0);
  }

  /** The shape with 0 copied and -1 computed. */
  private Shape resolve(Inputs in, Shape x, List<Dim> target) {
    List<Dim> dims = new ArrayList<>();
    Set<Integer> copied = new HashSet<>();
    int inferred = -1;
    for (int axis = 0; axis < target.size(); axis++) {
      Dim dim = target.get(axis);
      if (dim.equals(INFER)) {
        if (inferred >= 0) {
          throw in.shapeError(
              "Reshape", "one -1", target, "only one dim of the shape may be -1, found " + target);
        }
        inferred = axis;
        dims.add(Dim.of(1));
      } else if (dim.equals(Dim.of(0)) && !allowzero) {
        if (x.isKnown() && axis >= x.rank()) {
          throw in.shapeError(
              "Reshape",
              "rank " + (axis + 1) + " or more",
              x,
              "0 at axis " + axis + " copies a dim that " + x + " does not have");
        }
        dims.add(x.isKnown() ? x.dim(axis) : new Dim.Unknown());
        copied.add(axis);
      } else {
        dims.add(dim);
      }
    }
    Shape known = Shape.of(dims);
    if (!x.isKnown()) {
      return inferred < 0 ? known : known.with(inferred, new Dim.Unknown());
    }
    if (inferred < 0) {
      requireFilled(in, x, known, copied);
      return known;
    }
    return known.with(inferred, missing(in, x, known, copied));
  }

  /** Copied dims stand on both sides; left out, they may also be 0 or unknown. */
  private static Dim missing(Inputs in, Shape x, Shape known, Set<Integer> copied) {
    Dim given = product(x, copied);
    Dim taken = product(known, copied);
    boolean any = taken.equals(Dim.of(0));
    Dim missing = any ? new Dim.Unknown() : given.exactQuotient(taken);
    if (given.isFixed() && taken.isFixed() && missing instanceof Dim.Unknown) {
      throw Mismatch.of("Reshape", in.operator(), "a multiple of " + taken, given)
          .withFormula(formula(x, copied))
          .error(
              in.operator()
                  + ": the elements of "
                  + x
                  + ", "
                  + formula(x, copied)
                  + ", must be a multiple of those beside the -1, "
                  + formula(known, copied));
    }
    return missing;
  }

  /** Without the copied dims: so a batch that is a symbol does not hide what differs beside it. */
  private static void requireFilled(Inputs in, Shape x, Shape known, Set<Integer> copied) {
    Dim given = product(x, copied);
    Dim taken = product(known, copied);
    boolean empty = x.elements().equals(Dim.of(0)) && known.elements().equals(Dim.of(0));
    boolean differs = given.differsFrom(taken) || x.elements().differsFrom(known.elements());
    if (differs && !empty) {
      throw Mismatch.of("Reshape", in.operator(), taken, given)
          .withFormula(formula(x, copied))
          .error(
              "%s: the elements of %s must fill %s (%s vs %s)"
                  .formatted(in.operator(), x, known, formula(x, copied), formula(known, copied)));
    }
  }

  /** For example {@code 64 * 7 * 7 = 3136}. */
  private static String formula(Shape shape, Set<Integer> without) {
    List<String> factors =
        IntStream.range(0, shape.rank())
            .filter(axis -> !without.contains(axis))
            .filter(axis -> !shape.dim(axis).equals(Dim.of(1)))
            .mapToObj(axis -> shape.dim(axis).toString())
            .toList();
    String product = product(shape, without).toString();
    return factors.size() < 2 ? product : String.join(" * ", factors) + " = " + product;
  }

  private static Dim product(Shape shape, Set<Integer> without) {
    return IntStream.range(0, shape.rank())
        .filter(axis -> !without.contains(axis))
        .mapToObj(shape::dim)
        .reduce(Dim.of(1), Dim::times);
  }
}
