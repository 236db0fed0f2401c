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
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A tensor of another size, its elements taken or interpolated. Inputs: X; roi, all starts and then
 * all ends, where a part is taken; scales; sizes; one of the last two is given, an empty tensor
 * counts as absent. Source: ONNX Resize.
 *
 * @param axes the axes that roi, scales or sizes are for; all when empty
 * @param antialias whether an element that shrinks is made of all that it covers
 * @param extrapolationValue what is outside X where a part is taken
 */
public record Resize(
    Mode mode,
    Coordinates coordinates,
    Nearest nearest,
    float cubicCoeffA,
    boolean excludeOutside,
    List<Integer> axes,
    boolean antialias,
    AspectRatio keepAspectRatio,
    float extrapolationValue)
    implements LayoutOp {

  /** How an element is made of its neighbours. */
  public enum Mode {
    /** The nearest. */
    NEAREST,
    /** Two along each axis. */
    LINEAR,
    /** Four along each axis. */
    CUBIC
  }

  /** How positions of the output map to the input. */
  public enum Coordinates {
    /** Elements are areas; the outer edges meet. */
    HALF_PIXEL,
    /** The same, but an output of one element takes the first. */
    PYTORCH_HALF_PIXEL,
    /** The first and the last elements meet. */
    ALIGN_CORNERS,
    /** The first elements meet. */
    ASYMMETRIC,
    /** Elements are areas; the centres meet, where sizes are rounded too. */
    HALF_PIXEL_SYMMETRIC,
    /** The first and the last elements of the part that roi names meet. */
    TF_CROP_AND_RESIZE
  }

  /** What sizes mean. */
  public enum AspectRatio {
    /** The output has them. */
    STRETCH,
    /** The output is the largest of X's proportions within them. */
    NOT_LARGER,
    /** The output is the smallest of X's proportions that has at least them. */
    NOT_SMALLER
  }

  /** What nearest means. */
  public enum Nearest {
    /** To the nearest, half down. */
    ROUND_PREFER_FLOOR,
    /** To the nearest, half up. */
    ROUND_PREFER_CEIL,
    /** Down. */
    FLOOR,
    /** Up. */
    CEIL
  }

  /** ONNX's default of cubic_coeff_a. */
  public static final float CUBIC = -0.75f;

  public Resize {
    axes = List.copyOf(axes);
  }

  /** Without antialiasing, to sizes as they are. */
  public Resize(
      Mode mode,
      Coordinates coordinates,
      Nearest nearest,
      float cubicCoeffA,
      boolean excludeOutside,
      List<Integer> axes) {
    this(
        mode,
        coordinates,
        nearest,
        cubicCoeffA,
        excludeOutside,
        axes,
        false,
        AspectRatio.STRETCH,
        0);
  }

  @Override
  public String name() {
    return "Resize";
  }

  @Override
  public int sinceOpset() {
    if (coordinates == Coordinates.HALF_PIXEL_SYMMETRIC) {
      return 19;
    }
    boolean plain = axes.isEmpty() && !antialias && keepAspectRatio == AspectRatio.STRETCH;
    return plain ? 13 : 18;
  }

  @Override
  public Attributes attributes() {
    Attributes result =
        Attributes.none()
            .with("mode", text(mode), Attribute.of("nearest"))
            .with("coordinate_transformation_mode", text(coordinates), Attribute.of("half_pixel"))
            .with("nearest_mode", text(nearest), Attribute.of("round_prefer_floor"))
            .with("cubic_coeff_a", Attribute.of(cubicCoeffA), Attribute.of(CUBIC))
            .with("exclude_outside", Attribute.of(excludeOutside), Attribute.of(false))
            .with("antialias", Attribute.of(antialias), Attribute.of(false))
            .with("keep_aspect_ratio_policy", text(keepAspectRatio), Attribute.of("stretch"))
            .with("extrapolation_value", Attribute.of(extrapolationValue), Attribute.of(0f));
    return axes.isEmpty() ? result : result.with("axes", Attribute.ofInts(axes));
  }

  private static Attribute text(Enum<?> value) {
    return Attribute.of(value.name().toLowerCase(Locale.ROOT));
  }

  static Resize read(Attributes attributes) {
    attributes.only(
        "mode",
        "coordinate_transformation_mode",
        "nearest_mode",
        "cubic_coeff_a",
        "exclude_outside",
        "axes",
        "extrapolation_value",
        "antialias",
        "keep_aspect_ratio_policy");
    return new Resize(
        choice(Mode.values(), "mode", attributes.string("mode", "nearest")),
        choice(
            Coordinates.values(),
            "coordinate_transformation_mode",
            attributes.string("coordinate_transformation_mode", "half_pixel")),
        choice(
            Nearest.values(),
            "nearest_mode",
            attributes.string("nearest_mode", "round_prefer_floor")),
        attributes.floating("cubic_coeff_a", CUBIC),
        attributes.bool("exclude_outside", false),
        attributes.ints("axes").orElse(List.of()),
        attributes.bool("antialias", false),
        choice(
            AspectRatio.values(),
            "keep_aspect_ratio_policy",
            attributes.string("keep_aspect_ratio_policy", "stretch")),
        attributes.floating("extrapolation_value", 0));
  }

  private static <T extends Enum<T>> T choice(T[] values, String attribute, String text) {
    for (T value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw new SardonyxException(
        ErrorCode.UNSUPPORTED, "Resize: " + attribute + " = " + text + " is not there");
  }

  @Override
  public Precision precision() {
    return mode == Mode.NEAREST ? Precision.EXACT : Precision.ROUNDED;
  }

  /** The axes that scales or sizes are for, from the front. */
  public List<Integer> axes(int rank) {
    return axes.isEmpty()
        ? IntStream.range(0, rank).boxed().toList()
        : axes.stream().map(axis -> axis < 0 ? axis + rank : axis).toList();
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(3, 4).atLeastRank(0, "X", 1);
    boolean scaled = isGiven(in, 2);
    boolean sized = isGiven(in, 3);
    boolean open = scaled && sized && !(isFixed(in, 2) && isFixed(in, 3));
    if (scaled == sized && !open) {
      throw in.argumentError("either scales or sizes must be given");
    }
    if (antialias && mode == Mode.NEAREST) {
      throw in.argumentError("antialias is for interpolation alone");
    }
    if (coordinates == Coordinates.TF_CROP_AND_RESIZE && !in.has(1)) {
      throw in.argumentError("tf_crop_and_resize needs roi");
    }
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    in.axes(axes.stream().map(Integer::longValue).toList(), x.rank());
    if (open) { // which of them is empty comes out with the run
      return List.of(x.withShape(Shape.of(Collections.nCopies(x.rank(), new Dim.Unknown()))));
    }
    List<Integer> along = axes(x.rank());
    int given = scaled ? 2 : 3;
    TensorType list = in.ranked(given, scaled ? "scales" : "sizes", 1);
    in.requireEqual(
        list.shape().isKnown() ? list.dim(0) : new Dim.Unknown(),
        Dim.of(along.size()),
        (scaled ? "scales" : "sizes") + " must have an element for each axis");
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    // With scales it is open whether the part or all of X is scaled: nothing is said then.
    boolean anyPart = scaled && coordinates == Coordinates.TF_CROP_AND_RESIZE;
    List<Dim> resized =
        anyPart
            ? unknown(along)
            : scaled
                ? in.floats(2).map(scales -> scaled(in, x, along, scales)).orElse(unknown(along))
                : in.contents(3).map(sizes -> sized(in, x, along, sizes)).orElse(unknown(along));
    for (int i = 0; i < along.size(); i++) {
      dims.set(along.get(i), resized.get(i));
    }
    return List.of(x.withShape(Shape.of(dims)));
  }

  private static List<Dim> unknown(List<Integer> axes) {
    return Collections.nCopies(axes.size(), new Dim.Unknown());
  }

  /** Whether an input is there; exporters write an empty tensor for one that is not. */
  public static boolean isGiven(Inputs in, int index) {
    if (!in.has(index)) {
      return false;
    }
    Shape shape = in.tensor(index, "input " + index).shape();
    return !shape.isKnown() || shape.rank() != 1 || !shape.dim(0).equals(Dim.of(0));
  }

  private static boolean isFixed(Inputs in, int index) {
    return in.tensor(index, "input " + index).shape().isFixed();
  }

  private List<Dim> sized(Inputs in, TensorType x, List<Integer> axes, List<Dim> sizes) {
    if (keepAspectRatio == AspectRatio.STRETCH || axes.isEmpty()) {
      return sizes;
    }
    List<Dim> given = axes.stream().map(x::dim).toList();
    if (!sizes.stream().allMatch(Dim::isFixed) || !given.stream().allMatch(Dim::isFixed)) {
      return unknown(axes);
    }
    long[] from = given.stream().mapToLong(Dim::fixed).toArray();
    long[] to = sizes.stream().mapToLong(Dim::fixed).toArray();
    if (LongStream.of(from).anyMatch(size -> size == 0)) {
      throw in.shapeError("an empty tensor has no proportions to keep");
    }
    int ratio = ratio(from, to);
    return LongStream.of(from).mapToObj(size -> rounded(size, to[ratio], from[ratio])).toList();
  }

  /** The axis whose size over that of X is the ratio for all, where proportions are kept. */
  public int ratio(long[] from, long[] to) {
    int best = 0;
    for (int i = 1; i < from.length; i++) {
      int order = Long.compare(exact(to[i], from[best]), exact(to[best], from[i]));
      boolean better = keepAspectRatio == AspectRatio.NOT_LARGER ? order < 0 : order > 0;
      best = better ? i : best;
    }
    return best;
  }

  /** size * to / from to the nearest, half up. */
  private static Dim rounded(long size, long to, long from) {
    return Dim.of((2 * exact(size, to) + from) / (2 * from));
  }

  /** A product with room for a factor of 4. Errors: LIMIT. */
  private static long exact(long a, long b) {
    if (Math.multiplyHigh(a, b) != 0 || a * b < 0 || a * b > Long.MAX_VALUE / 4) {
      throw new SardonyxException(ErrorCode.LIMIT, "Resize: a size exceeds 64 bits");
    }
    return a * b;
  }

  private static List<Dim> scaled(
      Inputs in, TensorType x, List<Integer> axes, List<Double> scales) {
    List<Dim> result = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      if (!(scales.get(i) > 0)) {
        throw in.argumentError("scales must be above 0, found " + scales);
      }
      result.add(scaled(x.dim(axes.get(i)), scales.get(i).floatValue()));
    }
    return result;
  }

  /**
   * Rounded down, in float32 as ONNX Runtime has it; symbols by scales that are short fractions.
   */
  private static Dim scaled(Dim size, float scale) {
    if (size instanceof Dim.Fixed(long value)) {
      return Dim.of((long) Math.floor(value * scale));
    }
    Optional<Integer> power =
        IntStream.range(0, 16)
            .boxed()
            .filter(p -> scale * (1 << p) == Math.rint(scale * (1 << p)))
            .findFirst();
    return power
        .map(p -> size.times(Dim.of((long) (scale * (1 << p)))).floorDiv(1L << p))
        .orElseGet(Dim.Unknown::new);
  }
}
