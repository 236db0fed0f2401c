package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Transposed convolution: X (N, C, spatial...), W (C, M/group, kernel...), optional B (M) -> Y (N,
 * M, spatial...). Source: ONNX ConvTranspose.
 *
 * @param window its pads are cut off the output
 * @param outputPadding what is added at the end of each spatial axis of the output
 * @param outputShape the output's spatial dims, from which the pads then follow; empty without
 */
public record ConvTranspose(
    Window window, int group, List<Integer> outputPadding, List<Integer> outputShape)
    implements ConvolutionOp {
  public ConvTranspose {
    outputPadding = List.copyOf(outputPadding);
    outputShape = List.copyOf(outputShape);
    Window.requireSize("output_padding", outputPadding, window.rank());
    Window.requireAtLeast("output_padding", outputPadding, 0);
    Window.requireSize("output_shape", outputShape, outputShape.isEmpty() ? 0 : window.rank());
    Window.requireAtLeast("output_shape", outputShape, 1);
  }

  /** With the pads that the window says. */
  public ConvTranspose(Window window, int group, List<Integer> outputPadding) {
    this(window, group, outputPadding, List.of());
  }

  @Override
  public String name() {
    return "ConvTranspose";
  }

  @Override
  public int sinceOpset() {
    return 1;
  }

  @Override
  public Attributes attributes() {
    var zeros = Collections.nCopies(window.rank(), 0);
    return window
        .attributes()
        .with("group", Attribute.of(group), Attribute.of(1))
        .with("output_padding", Attribute.ofInts(outputPadding), Attribute.ofInts(zeros))
        .with("output_shape", Attribute.ofInts(outputShape), Attribute.ofInts(List.of()));
  }

  static ConvTranspose read(Attributes attributes) {
    attributes.only(
        "auto_pad",
        "dilations",
        "group",
        "kernel_shape",
        "output_padding",
        "output_shape",
        "pads",
        "strides");
    Window window = Window.read(attributes);
    return new ConvTranspose(
        window,
        attributes.int32("group", 1),
        attributes.ints("output_padding").orElse(Collections.nCopies(window.rank(), 0)),
        attributes.ints("output_shape").orElse(List.of()));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    int rank = window.rank() + 2;
    TensorType x = in.requireCount(2, 3).ranked(0, "X", rank);
    TensorType w = in.ranked(1, "W", rank);
    DType dtype = in.sameDType(0, 1);
    if (group < 1) {
      throw in.argumentError("group must be 1 or more, found " + group);
    }
    if (!x.shape().isKnown() || !w.shape().isKnown()) {
      return List.of(new TensorType(dtype, Shape.unknown()));
    }
    in.requireEqual("InChannels", x.dim(1), w.dim(0), "channels of X must equal those of W");
    if (w.dim(0).isFixed() && w.dim(0).fixed() % group != 0) {
      throw in.shapeError(
          "input channels must be a multiple of group (" + w.dim(0) + " vs " + group + ")");
    }
    Dim channels = w.dim(1).times(Dim.of(group));
    if (in.has(2)) {
      in.sameDType(0, 2);
      in.requireEqual(
          in.ranked(2, "B", 1).dim(0), channels, "size of B must equal output channels");
    }
    List<Dim> dims = new ArrayList<>(List.of(x.dim(0), channels));
    for (int axis = 0; axis < window.rank(); axis++) {
      Dim kernel = Dim.of(window.kernel().get(axis));
      in.requireEqual(w.dim(axis + 2), kernel, "spatial dims of W must equal kernel_shape");
      dims.add(output(in, x.dim(axis + 2), axis));
    }
    return List.of(new TensorType(dtype, Shape.of(dims)));
  }

  private Dim output(Inputs in, Dim size, int axis) {
    if (!outputShape.isEmpty()) {
      return Dim.of(outputShape.get(axis));
    }
    Dim stride = Dim.of(window.strides().get(axis));
    Dim result =
        switch (window.autoPad()) {
          case SAME_UPPER, SAME_LOWER -> size.times(stride);
          case VALID -> uncut(size, axis);
          case NOTSET -> {
            long cut = (long) window.pads().get(axis) + window.pads().get(axis + window.rank());
            yield uncut(size, axis).plus(-cut);
          }
        };
    if (result.isFixed() && result.fixed() < 1) {
      throw in.shapeError(
          "Window",
          "an output size of 1 or more",
          result,
          "nothing is left of spatial axis " + axis + " (" + result + ")");
    }
    return result;
  }

  /** The output without any pads cut off. */
  private Dim uncut(Dim size, int axis) {
    Dim stride = Dim.of(window.strides().get(axis));
    return size.plus(-1).times(stride).plus(window.extent(axis) + outputPadding.get(axis));
  }

  /** What is cut off the output, begins then ends, once the spatial sizes are known. */
  public List<Integer> padsFor(long[] spatial) {
    boolean same = window.autoPad() == AutoPad.SAME_UPPER || window.autoPad() == AutoPad.SAME_LOWER;
    if (outputShape.isEmpty() && !same) {
      return window.padsFor(spatial);
    }
    int rank = window.rank();
    Integer[] result = new Integer[2 * rank];
    for (int axis = 0; axis < rank; axis++) {
      Dim size = Dim.of(spatial[axis]);
      long wanted =
          outputShape.isEmpty()
              ? size.times(Dim.of(window.strides().get(axis))).fixed()
              : outputShape.get(axis);
      long all = Math.max(0, uncut(size, axis).fixed() - wanted);
      long begin = window.autoPad() == AutoPad.SAME_UPPER ? all / 2 : all - all / 2;
      result[axis] = Math.toIntExact(begin);
      result[axis + rank] = Math.toIntExact(all - begin);
    }
    return List.of(result);
  }

  @Override
  public Dim multiplyAdds(Inputs in, List<ValueType> outputs) {
    Shape w = in.tensor(1, "W").shape();
    Shape x = in.tensor(0, "X").shape();
    return x.isKnown() && w.isKnown()
        ? x.elements().times(w.product(1, w.rank()))
        : new Dim.Unknown();
  }
}
