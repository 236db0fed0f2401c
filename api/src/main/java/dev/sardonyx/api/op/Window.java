package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The window that convolutions and pools slide over the spatial axes. All lists have one entry per
 * spatial axis; {@code pads} has the begins of all axes, then the ends. Source: ONNX Conv, MaxPool.
 */
public record Window(
    List<Integer> kernel,
    List<Integer> strides,
    List<Integer> dilations,
    List<Integer> pads,
    AutoPad autoPad,
    boolean ceilMode) {

  public Window {
    kernel = List.copyOf(kernel);
    strides = List.copyOf(strides);
    dilations = List.copyOf(dilations);
    pads = List.copyOf(pads);
    int rank = kernel.size();
    requireSize("strides", strides, rank);
    requireSize("dilations", dilations, rank);
    requireSize("pads", pads, 2 * rank);
    requireAtLeast("kernel_shape", kernel, 1);
    requireAtLeast("strides", strides, 1);
    requireAtLeast("dilations", dilations, 1);
    requireAtLeast("pads", pads, 0);
  }

  /** A dense window with equal pads on both sides of each axis. */
  public static Window of(
      List<Integer> kernel, List<Integer> strides, List<Integer> dilations, List<Integer> padding) {
    List<Integer> pads = new ArrayList<>(padding);
    pads.addAll(padding);
    return new Window(kernel, strides, dilations, pads, AutoPad.NOTSET, false);
  }

  /** The same window with the output's size rounded up. */
  public Window withCeilMode(boolean ceil) {
    return new Window(kernel, strides, dilations, pads, autoPad, ceil);
  }

  /** The number of spatial axes. */
  public int rank() {
    return kernel.size();
  }

  /** How far the kernel reaches on an axis: dilation * (kernel - 1) + 1. */
  public long extent(int axis) {
    return Math.addExact(Math.multiplyExact((long) dilations.get(axis), kernel.get(axis) - 1L), 1L);
  }

  /** The output's spatial dims. Errors: SHAPE when the window exceeds the padded input. */
  public List<Dim> output(Inputs in, List<Dim> spatial) {
    if (spatial.size() != rank()) {
      throw in.shapeError(
          "Rank",
          rank() + " spatial dims",
          spatial,
          "kernel " + kernel + " wants " + rank() + " spatial dims, found " + spatial);
    }
    List<Dim> result = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      result.add(output(in, spatial.get(axis), axis));
    }
    return List.copyOf(result);
  }

  private Dim output(Inputs in, Dim size, int axis) {
    int stride = strides.get(axis);
    if (autoPad == AutoPad.SAME_UPPER || autoPad == AutoPad.SAME_LOWER) {
      return size.ceilDiv(stride);
    }
    long begin = autoPad == AutoPad.VALID ? 0 : pads.get(axis);
    long end = autoPad == AutoPad.VALID ? 0 : pads.get(axis + rank());
    Dim count =
        ceilMode && autoPad == AutoPad.NOTSET
            ? roundedUp(size, begin, end, axis)
            : size.plus(begin + end - extent(axis)).floorDiv(stride).plus(1);
    if (count.isFixed() && count.fixed() < 1) {
      Dim padded = size.plus(begin + end);
      throw Mismatch.of("Window", in.operator(), extent(axis) + " or more", padded)
          .withFormula(formula(size, begin + end, axis))
          .error(
              in.operator()
                  + ": kernel extent must be within the padded input on spatial axis "
                  + axis
                  + " ("
                  + extent(axis)
                  + " vs "
                  + padded
                  + ")");
    }
    return count;
  }

  /** How the output's size comes to be, as PyTorch's pages write it. */
  private String formula(Dim size, long padding, int axis) {
    String name = rank() == 1 ? "L" : List.of("W", "H", "D").get(rank() - 1 - axis);
    boolean even = padding % 2 == 0;
    return "%s' = %s((%s + %s - dilation * (kernel - 1) - 1) / stride) + 1"
            .formatted(name, ceilMode ? "ceil" : "floor", name, even ? "2 * padding" : "padding")
        + " with %s = %s, padding = %d, dilation = %d, kernel = %d, stride = %d"
            .formatted(
                name,
                size,
                even ? padding / 2 : padding,
                dilations.get(axis),
                kernel.get(axis),
                strides.get(axis));
  }

  /**
   * A window that would start in the padding at the end does not count. When the stride is so long
   * that this can happen, the count is that of the starts before that padding: said in this way it
   * holds for symbols too. Source: torch pooling_output_shape.
   */
  private Dim roundedUp(Dim size, long begin, long end, int axis) {
    int stride = strides.get(axis);
    boolean mayStartInPadding = end + stride > extent(axis);
    return mayStartInPadding
        ? size.plus(begin - 1).floorDiv(stride).plus(1)
        : size.plus(begin + end - extent(axis)).ceilDiv(stride).plus(1);
  }

  /** The pads, begins then ends, once the spatial sizes are known. */
  public List<Integer> padsFor(long[] spatial) {
    return switch (autoPad) {
      case NOTSET -> pads;
      case VALID -> Collections.nCopies(2 * rank(), 0);
      case SAME_UPPER, SAME_LOWER -> samePads(spatial);
    };
  }

  private List<Integer> samePads(long[] spatial) {
    Integer[] result = new Integer[2 * rank()];
    for (int axis = 0; axis < rank(); axis++) {
      long count = Math.ceilDiv(spatial[axis], (long) strides.get(axis));
      long all = Math.max(0, (count - 1) * strides.get(axis) + extent(axis) - spatial[axis]);
      long smaller = all / 2;
      boolean upper = autoPad == AutoPad.SAME_UPPER;
      result[axis] = Math.toIntExact(upper ? smaller : all - smaller);
      result[axis + rank()] = Math.toIntExact(upper ? all - smaller : smaller);
    }
    return List.of(result);
  }

  /** The attributes, defaults left out. */
  Attributes attributes() {
    List<Integer> ones = Collections.nCopies(rank(), 1);
    return Attributes.none()
        .with("auto_pad", Attribute.of(autoPad.name()), Attribute.of("NOTSET"))
        .with("ceil_mode", Attribute.of(ceilMode), Attribute.of(false))
        .with("dilations", Attribute.ofInts(dilations), Attribute.ofInts(ones))
        .with("kernel_shape", Attribute.ofInts(kernel))
        .with("pads", Attribute.ofInts(pads), Attribute.ofInts(Collections.nCopies(2 * rank(), 0)))
        .with("strides", Attribute.ofInts(strides), Attribute.ofInts(ones));
  }

  /** The window that attributes describe. Errors: ARGUMENT, UNSUPPORTED without kernel_shape. */
  static Window read(Attributes attributes) {
    List<Integer> kernel =
        attributes
            .ints("kernel_shape")
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.UNSUPPORTED, "attribute kernel_shape must be given"));
    List<Integer> ones = Collections.nCopies(kernel.size(), 1);
    return new Window(
        kernel,
        attributes.ints("strides").orElse(ones),
        attributes.ints("dilations").orElse(ones),
        attributes.ints("pads").orElse(Collections.nCopies(2 * kernel.size(), 0)),
        readAutoPad(attributes.string("auto_pad", "NOTSET")),
        attributes.bool("ceil_mode", false));
  }

  private static AutoPad readAutoPad(String name) {
    for (AutoPad value : AutoPad.values()) {
      if (value.name().equals(name)) {
        return value;
      }
    }
    throw new SardonyxException(
        ErrorCode.ARGUMENT,
        "auto_pad must be one of " + List.of(AutoPad.values()) + ", found " + name);
  }

  static void requireSize(String name, List<Integer> list, int size) {
    if (list.size() != size) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, name + " must have " + size + " entries, found " + list);
    }
  }

  static void requireAtLeast(String name, List<Integer> list, int least) {
    if (list.stream().anyMatch(value -> value < least)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, name + " must be " + least + " or more, found " + list);
    }
  }
}
