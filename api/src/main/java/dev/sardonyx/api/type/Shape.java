package dev.sardonyx.api.type;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The dims of a tensor, outermost first. A scalar has none; a shape may also be wholly unknown. */
public final class Shape {
  private static final Shape UNKNOWN = new Shape(List.of(), false);

  private final List<Dim> dims;
  private final boolean known;

  private Shape(List<Dim> dims, boolean known) {
    this.dims = dims;
    this.known = known;
  }

  /** A shape of fixed sizes. Errors: SHAPE when one is negative. */
  public static Shape of(long... sizes) {
    return of(Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** A shape of these dims. Errors: SHAPE when one is negative. */
  public static Shape of(List<? extends Dim> dims) {
    for (Dim dim : dims) {
      if (dim instanceof Dim.Fixed(long size) && size < 0) {
        throw new SardonyxException(ErrorCode.SHAPE, "dims must be 0 or more, found " + dims);
      }
    }
    return new Shape(List.copyOf(dims), true);
  }

  /** A shape of which not even the rank is known. */
  public static Shape unknown() {
    return UNKNOWN;
  }

  /** Whether the rank is known. */
  public boolean isKnown() {
    return known;
  }

  /** Whether every dim is a number. */
  public boolean isFixed() {
    return known && dims.stream().allMatch(Dim::isFixed);
  }

  /** The dims. Errors: SHAPE when the rank is unknown. */
  public List<Dim> dims() {
    if (!known) {
      throw new SardonyxException(ErrorCode.SHAPE, "the rank of this shape is not known");
    }
    return dims;
  }

  /** The number of dims. Errors: SHAPE when unknown. */
  public int rank() {
    return dims().size();
  }

  /**
   * The dim at an axis, unknown where the rank is; negative axes count from the end. Errors: SHAPE
   * outside the rank.
   */
  public Dim dim(int axis) {
    return known ? dims.get(axis(axis)) : new Dim.Unknown();
  }

  /** An axis counted from the front. Errors: SHAPE outside {@code [-rank, rank)}. */
  public int axis(int axis) {
    int rank = rank();
    if (axis < -rank || axis >= rank) {
      String range = "[" + -rank + ", " + (rank - 1) + "]";
      throw Mismatch.of("Axis", "", range, axis)
          .error("axis " + axis + " is outside " + range + " of shape " + this);
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** The product of the dims from one axis up to, without, another. */
  public Dim product(int from, int to) {
    return dims().subList(from, to).stream().reduce(Dim.of(1), Dim::times);
  }

  /** The number of elements; may be symbolic. Errors: LIMIT beyond 64 bits. */
  public Dim elements() {
    return product(0, rank());
  }

  /** The sizes. Errors: SHAPE when one is not a number. */
  public long[] sizes() {
    return dims().stream().mapToLong(Dim::fixed).toArray();
  }

  /** This with the dim at an axis replaced. */
  public Shape with(int axis, Dim dim) {
    List<Dim> changed = new ArrayList<>(dims());
    changed.set(axis(axis), dim);
    return of(changed);
  }

  /** This with symbols replaced by sizes. */
  public Shape bind(Map<String, Long> sizes) {
    return known ? of(dims.stream().map(dim -> dim.bind(sizes)).toList()) : this;
  }

  /**
   * The common shape of two operands, dims aligned at the end, 1 stretched to the other's dim.
   * Source: ONNX Broadcasting. Errors: SHAPE when two dims differ and neither is 1.
   */
  public Shape broadcast(Shape other) {
    if (!known || !other.known) {
      return UNKNOWN;
    }
    int rank = Math.max(rank(), other.rank());
    List<Dim> result = new ArrayList<>();
    for (int axis = -rank; axis < 0; axis++) {
      Dim a = axis < -rank() ? Dim.of(1) : dim(axis);
      Dim b = axis < -other.rank() ? Dim.of(1) : other.dim(axis);
      result.add(broadcast(a, b, other));
    }
    return of(result);
  }

  private Dim broadcast(Dim a, Dim b, Shape other) {
    if (a.equals(Dim.of(1))) {
      return b;
    }
    if (b.equals(Dim.of(1)) || a.sameAs(b)) {
      return a;
    }
    if (a.isFixed() && b.isFixed()) {
      throw Mismatch.of("Broadcast", "", this, other)
          .error("shapes " + this + " and " + other + " do not broadcast (" + a + " vs " + b + ")");
    }
    // One side is symbolic: it is either 1 or the other's size, so a number above 1 wins.
    return a.isFixed() ? a : b.isFixed() ? b : new Dim.Unknown();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && known == that.known && dims.equals(that.dims);
  }

  @Override
  public int hashCode() {
    return dims.hashCode() + (known ? 1 : 0);
  }

  /** As PyTorch prints sizes: {@code [batch, 128]}; {@code [...]} when unknown. */
  @Override
  public String toString() {
    return known
        ? dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"))
        : "[...]";
  }
}
