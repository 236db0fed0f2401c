package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Elements put before and after each axis, or taken away where a pad is negative. Inputs: data;
 * pads, all begins and then all ends; the value of the constant mode (0 when absent); axes (all
 * when absent). Source: ONNX Pad.
 */
public record Pad(Mode mode) implements LayoutOp {

  /** Where the elements come from. */
  public enum Mode {
    /** One value. */
    CONSTANT,
    /** The data mirrored, its edge not repeated. */
    REFLECT,
    /** The element at the edge. */
    EDGE,
    /** The data repeated. */
    WRAP
  }

  @Override
  public String name() {
    return "Pad";
  }

  @Override
  public int sinceOpset() {
    return mode == Mode.WRAP ? 19 : 11;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("mode", Attribute.of(mode.name().toLowerCase(Locale.ROOT)), Attribute.of("constant"));
  }

  static Pad read(Attributes attributes) {
    String mode = attributes.only("mode").string("mode", "constant");
    for (Mode known : Mode.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(mode)) {
        return new Pad(known);
      }
    }
    throw new SardonyxException(
        ErrorCode.ARGUMENT, "Pad: mode must be constant, reflect, edge or wrap, found " + mode);
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType data = in.requireCount(2, 4).tensor(0, "data");
    TensorType pads = in.ranked(1, "pads", 1);
    if (in.has(2)) {
      in.sameDType(0, 2);
    }
    if (!data.shape().isKnown()) {
      return List.of(data);
    }
    Optional<List<Integer>> axes =
        in.has(3)
            ? in.numbers(3).map(list -> in.axes(list, data.rank()))
            : Optional.of(in.axes(LongStream.range(0, data.rank()).boxed().toList(), data.rank()));
    axes.ifPresent(
        list ->
            in.requireEqual(
                pads.shape().isKnown() ? pads.dim(0) : new Dim.Unknown(),
                Dim.of(2L * list.size()),
                "pads must have two elements for each axis"));
    if (axes.isEmpty() || in.contents(1).isEmpty()) {
      return List.of(data.withShape(Shape.of(Collections.nCopies(data.rank(), new Dim.Unknown()))));
    }
    return List.of(data.withShape(padded(in, data.shape(), axes.get(), in.contents(1).get())));
  }

  private Shape padded(Inputs in, Shape data, List<Integer> axes, List<Dim> pads) {
    List<Dim> dims = new ArrayList<>(data.dims());
    for (int i = 0; i < axes.size(); i++) {
      Dim size = dims.get(axes.get(i));
      Dim before = pads.get(i);
      Dim after = pads.get(axes.size() + i);
      Dim sum = size.plus(before).plus(after);
      boolean source = size.equals(Dim.of(0)) && mode != Mode.CONSTANT && !sum.equals(size);
      boolean taken =
          sum instanceof Dim.Fixed(long left) && left < 0
              || size.isFixed() && before.isFixed() && before.fixed() < -size.fixed()
              || size.isFixed() && after.isFixed() && after.fixed() < -size.fixed();
      if (taken || source) {
        throw in.shapeError(
            "Pad",
            "pads that fit " + size,
            before + ", " + after,
            "pads %s and %s do not fit axis %d of %s".formatted(before, after, axes.get(i), data));
      }
      dims.set(axes.get(i), sum);
    }
    return Shape.of(dims);
  }
}
