package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The middle of a tensor, or a tensor in the middle of zeros. Inputs: data; shape, the new sizes of
 * the axes. Source: ONNX CenterCropPad.
 *
 * @param axes all when empty
 */
public record CenterCropPad(List<Integer> axes) implements LayoutOp {
  public CenterCropPad {
    axes = List.copyOf(axes);
  }

  @Override
  public String name() {
    return "CenterCropPad";
  }

  @Override
  public int sinceOpset() {
    return 18;
  }

  @Override
  public Attributes attributes() {
    return axes.isEmpty()
        ? Attributes.none()
        : Attributes.none().with("axes", Attribute.ofInts(axes));
  }

  static CenterCropPad read(Attributes attributes) {
    return new CenterCropPad(attributes.only("axes").ints("axes").orElse(List.of()));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType data = in.requireCount(2, 2).tensor(0, "input_data");
    TensorType shape = in.ranked(1, "shape", 1);
    in.requireDType(1, "shape", Inputs.INDICES);
    if (!data.shape().isKnown()) {
      return List.of(data);
    }
    List<Long> given =
        axes.isEmpty()
            ? LongStream.range(0, data.rank()).boxed().toList()
            : axes.stream().map(Integer::longValue).toList();
    List<Integer> along = in.axes(given, data.rank());
    Dim count = shape.shape().isKnown() ? shape.dim(0) : new Dim.Unknown();
    in.requireEqual(count, Dim.of(along.size()), "shape must have a size for each axis");
    List<Dim> sizes = in.contents(1).orElse(Collections.nCopies(along.size(), new Dim.Unknown()));
    List<Dim> dims = new ArrayList<>(data.shape().dims());
    for (int i = 0; i < along.size(); i++) {
      dims.set(along.get(i), sizes.get(i));
    }
    return List.of(data.withShape(Shape.of(dims)));
  }
}
