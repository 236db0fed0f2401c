package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution whose kernel's elements are taken from places of their own. Inputs: X (N, C,
 * spatial...), W (M, C / group, kernel...), offset (N, offset_group * kernel elements * r, output
 * spatial...), B (M), mask (N, offset_group * kernel elements, output spatial...). Output: (N, M,
 * output spatial...). Source: ONNX DeformConv.
 */
public record DeformConv(Window window, int group, int offsetGroup) implements SamplingOp {
  @Override
  public String name() {
    return "DeformConv";
  }

  @Override
  public int sinceOpset() {
    return 19;
  }

  @Override
  public Attributes attributes() {
    Attributes result = window.attributes().with("group", Attribute.of(group), Attribute.of(1));
    return result.with("offset_group", Attribute.of(offsetGroup), Attribute.of(1));
  }

  static DeformConv read(Attributes attributes) {
    attributes.only("dilations", "group", "kernel_shape", "offset_group", "pads", "strides");
    return new DeformConv(
        Window.read(attributes), attributes.int32("group", 1), attributes.int32("offset_group", 1));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    int rank = window.rank() + 2;
    TensorType x = in.requireCount(3, 5).ranked(0, "X", rank);
    TensorType w = in.ranked(1, "W", rank);
    TensorType offset = in.ranked(2, "offset", rank);
    in.requireDType(0, "X", Inputs.FLOATS);
    in.sameDType(0, 1, 2, 3, 4);
    if (group < 1 || offsetGroup < 1) {
      throw in.argumentError("group and offset_group must be 1 or more");
    }
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    List<Dim> spatial = window.output(in, x.shape().dims().subList(2, rank));
    Dim channels = w.shape().isKnown() ? w.dim(0) : new Dim.Unknown();
    requireDivisible(in, x.dim(1), group, "C by group");
    requireDivisible(in, x.dim(1), offsetGroup, "C by offset_group");
    requireDivisible(in, channels, group, "M by group");
    Dim taps = Dim.of(1);
    for (int axis = 0; axis < window.rank(); axis++) {
      taps = taps.times(Dim.of(window.kernel().get(axis)));
      if (w.shape().isKnown()) {
        in.requireEqual(w.dim(axis + 2), Dim.of(window.kernel().get(axis)), "W is the kernel");
      }
    }
    if (w.shape().isKnown()) {
      in.requireEqual(
          w.dim(1).times(Dim.of(group)), x.dim(1), "W must have the channels of a group");
    }
    Dim offsets = taps.times(Dim.of(offsetGroup));
    requireFit(in, offset, x.dim(0), offsets.times(Dim.of(window.rank())), spatial);
    if (in.has(4)) {
      requireFit(in, in.ranked(4, "mask", rank), x.dim(0), offsets, spatial);
    }
    if (in.has(3) && in.ranked(3, "B", 1).shape().isKnown()) {
      in.requireEqual(in.tensor(3, "B").dim(0), channels, "B must have M elements");
    }
    List<Dim> dims = new ArrayList<>(List.of(x.dim(0), channels));
    dims.addAll(spatial);
    return List.of(x.withShape(Shape.of(dims)));
  }

  private static void requireDivisible(Inputs in, Dim size, int by, String what) {
    if (size.isFixed() && size.fixed() % by != 0) {
      throw in.shapeError("%s must divide without rest (%s by %d)".formatted(what, size, by));
    }
  }

  private static void requireFit(
      Inputs in, TensorType given, Dim batch, Dim count, List<Dim> spatial) {
    if (!given.shape().isKnown()) {
      return;
    }
    in.requireEqual(given.dim(0), batch, "offset and mask must have X's batch");
    in.requireEqual(given.dim(1), count, "offset and mask must have one for each element");
    for (int axis = 0; axis < spatial.size(); axis++) {
      in.requireEqual(
          given.dim(axis + 2), spatial.get(axis), "offset and mask must have the output's size");
    }
  }
}
