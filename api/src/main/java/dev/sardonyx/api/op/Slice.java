package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Elements from starts up to ends, which count from the end where negative and are cut to the dim;
 * inputs are data, starts, ends, axes (all when absent) and steps (1 when absent), which may be
 * negative. Source: ONNX Slice.
 */
public record Slice() implements LayoutOp {
  private static final long FAR = Integer.MAX_VALUE;

  /** The elements of one axis that are taken: the first, how many, and the step between them. */
  public record Range(long first, long count, long step) {

    /** The range within an axis of a known size. */
    public static Range of(long size, long start, long end, long step) {
      long low = step > 0 ? 0 : -1;
      long high = step > 0 ? size : size - 1;
      long first = Math.clamp(fromFront(start, size), Math.min(0, high), high);
      long last = Math.clamp(fromFront(end, size), low, high);
      long by = Math.clamp(step, -Long.MAX_VALUE, Long.MAX_VALUE);
      long count = by > 0 ? Math.ceilDiv(last - first, by) : Math.ceilDiv(first - last, -by);
      return new Range(first, Math.max(0, count), by);
    }

    private static long fromFront(long index, long size) {
      return index < 0 ? index + size : index;
    }
  }

  @Override
  public String name() {
    return "Slice";
  }

  @Override
  public int sinceOpset() {
    return 10;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType data = in.requireCount(3, 5).atLeastRank(0, "data", 1);
    List<Dim> dims = new ArrayList<>(data.shape().isKnown() ? data.shape().dims() : List.of());
    Optional<List<Integer>> axes = axes(in, data.shape());
    if (!data.shape().isKnown() || axes.isEmpty()) {
      return List.of(data.withShape(unknown(data.shape())));
    }
    int count = axes.get().size();
    for (int i = 0; i < count; i++) {
      int axis = axes.get().get(i);
      Dim start = element(in, 1, "starts", i, count);
      Dim end = element(in, 2, "ends", i, count);
      Dim step = in.has(4) ? element(in, 4, "steps", i, count) : Dim.of(1);
      if (step.equals(Dim.of(0))) {
        throw in.argumentError("steps must not be 0");
      }
      dims.set(axis, extent(dims.get(axis), start, end, step));
    }
    return List.of(data.withShape(Shape.of(dims)));
  }

  private static Shape unknown(Shape data) {
    return data.isKnown()
        ? Shape.of(Collections.nCopies(data.rank(), new Dim.Unknown()))
        : Shape.unknown();
  }

  /** The axes from the front, as many as there are starts; empty where they are not known. */
  private static Optional<List<Integer>> axes(Inputs in, Shape data) {
    Shape starts = in.ranked(1, "starts", 1).shape();
    in.ranked(2, "ends", 1);
    if (!data.isKnown()) {
      return Optional.empty();
    }
    if (in.has(3)) {
      return in.numbers(3).map(axes -> in.axes(axes, data.rank()));
    }
    return starts.isFixed()
        ? Optional.of(
            in.axes(LongStream.range(0, starts.dim(0).fixed()).boxed().toList(), data.rank()))
        : Optional.empty();
  }

  private static Dim element(Inputs in, int index, String name, int i, int count) {
    TensorType type = in.ranked(index, name, 1);
    in.requireEqual(
        type.shape().isKnown() ? type.dim(0) : new Dim.Unknown(),
        Dim.of(count),
        name + " must have an element for each axis");
    return in.contents(index).map(dims -> dims.get(i)).orElseGet(Dim.Unknown::new);
  }

  /** Symbols are taken to be large enough for what is cut from them, as exporters do. */
  private static Dim extent(Dim size, Dim start, Dim end, Dim step) {
    if (!(step instanceof Dim.Fixed(long by))) {
      return new Dim.Unknown();
    }
    if (size instanceof Dim.Fixed(long of)
        && start instanceof Dim.Fixed(long from)
        && end instanceof Dim.Fixed(long to)) {
      return Dim.of(Range.of(of, from, to, by).count());
    }
    if (by < 0) {
      boolean fromLast = start.equals(Dim.of(-1)) || isFar(start);
      return fromLast && isFarBefore(end) ? size.ceilDiv(-by) : new Dim.Unknown();
    }
    if (isFar(start) || isFarBefore(end) || isBehind(start, end)) {
      return Dim.of(0);
    }
    Dim last = isFar(end) ? size : fromFront(end, size);
    if (last.isFixed() && !size.isFixed()) {
      return new Dim.Unknown(); // the lesser of the two
    }
    Dim first = isFarBefore(start) ? Dim.of(0) : fromFront(start, size);
    return last.plus(first.times(Dim.of(-1))).ceilDiv(by);
  }

  /** Whether both are from the same side, and nothing lies between them. */
  private static boolean isBehind(Dim start, Dim end) {
    return start instanceof Dim.Fixed(long from)
        && end instanceof Dim.Fixed(long to)
        && from < 0 == to < 0
        && to <= from;
  }

  /** Whether an index is written to mean the end of any axis. */
  private static boolean isFar(Dim index) {
    return index instanceof Dim.Fixed(long value) && value >= FAR;
  }

  /** Whether an index is written to mean the start of any axis. */
  private static boolean isFarBefore(Dim index) {
    return index instanceof Dim.Fixed(long value) && value <= -FAR;
  }

  private static Dim fromFront(Dim index, Dim size) {
    return index instanceof Dim.Fixed(long value) && value < 0 ? size.plus(value) : index;
  }

  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    if (in.contents(0).isEmpty() || !allNumbers(in)) {
      return Optional.empty();
    }
    List<Dim> data = in.contents(0).get();
    if (in.numbers(1).orElseThrow().isEmpty()) {
      return in.contents(0);
    }
    Range range = Range.of(data.size(), first(in, 1), first(in, 2), in.has(4) ? first(in, 4) : 1);
    return Optional.of(
        LongStream.range(0, range.count())
            .mapToObj(i -> data.get((int) (range.first() + i * range.step())))
            .toList());
  }

  private static long first(Inputs in, int index) {
    return in.numbers(index).orElseThrow().getFirst();
  }

  private static boolean allNumbers(Inputs in) {
    return IntStream.range(1, in.count()).allMatch(i -> !in.has(i) || in.numbers(i).isPresent());
  }
}
