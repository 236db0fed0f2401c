package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolution: X (N, C, spatial...), W (M, C/group, kernel...), optional B (M) -> Y (N, M,
 * spatial...). Source: ONNX Conv.
 */
public record Conv(Window window, int group) implements ConvolutionOp {
  @Override
  public Precision precision() {
    return Precision.TRANSFORMED;
  }

  @Override
  public String name() {
    return "Conv";
  }

  @Override
  public int sinceOpset() {
    return 1;
  }

  @Override
  public Attributes attributes() {
    return window.attributes().with("group", Attribute.of(group), Attribute.of(1));
  }

  static Conv read(Attributes attributes) {
    attributes.only("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
    return new Conv(Window.read(attributes), attributes.int32("group", 1));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(2, 3);
    DType dtype = in.sameDType(0, 1);
    if (in.has(2)) {
      in.sameDType(0, 2);
    }
    return List.of(new TensorType(dtype, output(in, window, group, 0, 1, 2)));
  }

  /** The output's shape, given where X, W and B are among the inputs. */
  static Shape output(Inputs in, Window window, int group, int xAt, int wAt, int bAt) {
    int rank = window.rank() + 2;
    TensorType x = in.ranked(xAt, "X", rank);
    TensorType w = in.ranked(wAt, "W", rank);
    if (group < 1) {
      throw in.argumentError("group must be 1 or more, found " + group);
    }
    if (!x.shape().isKnown() || !w.shape().isKnown()) {
      return Shape.unknown();
    }
    in.requireEqual(
        "InChannels",
        x.dim(1),
        w.dim(1).times(Dim.of(group)),
        "channels of X must equal group * channels of W");
    if (w.dim(0).isFixed() && w.dim(0).fixed() % group != 0) {
      throw in.shapeError(
          "output channels must be a multiple of group (" + w.dim(0) + " vs " + group + ")");
    }
    for (int axis = 0; axis < window.rank(); axis++) {
      in.requireEqual(
          w.dim(axis + 2),
          Dim.of(window.kernel().get(axis)),
          "spatial dims of W must equal kernel_shape");
    }
    if (in.has(bAt) && in.ranked(bAt, "B", 1).shape().isKnown()) {
      in.requireEqual(in.tensor(bAt, "B").dim(0), w.dim(0), "size of B must equal output channels");
    }
    List<Dim> dims = new ArrayList<>(List.of(x.dim(0), w.dim(0)));
    dims.addAll(window.output(in, x.shape().dims().subList(2, rank)));
    return Shape.of(dims);
  }

  @Override
  public Dim multiplyAdds(Inputs in, List<ValueType> outputs) {
    Shape w = in.tensor(1, "W").shape();
    Shape y = ((TensorType) outputs.getFirst()).shape();
    return y.isKnown() ? y.elements().times(w.product(1, w.rank())) : new Dim.Unknown();
  }
}
