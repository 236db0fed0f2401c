package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Puts the elements of X (N, C, spatial...) back to where a MaxPool has found them, zeros between.
 * Inputs: X; I, the places as MaxPool gives them, counted in the tensor that the window and its
 * pads lead back to; optionally output_shape, the shape of the result where it is another. Source:
 * ONNX MaxUnpool.
 */
public record MaxUnpool(Window window) implements PoolOp {
  @Override
  public String name() {
    return "MaxUnpool";
  }

  @Override
  public int sinceOpset() {
    return 9;
  }

  @Override
  public Precision precision() {
    return Precision.EXACT;
  }

  @Override
  public Attributes attributes() {
    return window.attributes();
  }

  static MaxUnpool read(Attributes attributes) {
    return new MaxUnpool(Window.read(attributes.only("kernel_shape", "pads", "strides")));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(2, 3).requireDType(0, "X", Inputs.FLOATS);
    TensorType x = in.ranked(0, "X", window.rank() + 2);
    in.requireDType(1, "I", EnumSet.of(DType.INT64));
    TensorType places = in.ranked(1, "I", window.rank() + 2);
    for (int axis = 0; x.shape().isKnown() && places.shape().isKnown() && axis < x.rank(); axis++) {
      in.requireEqual(x.dim(axis), places.dim(axis), "X and I must have one shape");
    }
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    if (!in.has(2)) {
      return List.of(x.withShape(Shape.of(natural(x.shape()))));
    }
    in.requireDType(2, "output_shape", EnumSet.of(DType.INT64));
    Optional<List<Dim>> wanted = in.contents(2);
    if (wanted.isPresent() && wanted.get().size() != x.rank()) {
      throw in.shapeError("output_shape must have " + x.rank() + " entries, found " + wanted.get());
    }
    return List.of(
        x.withShape(
            wanted
                .map(Shape::of)
                .orElseGet(
                    () ->
                        Shape.of(
                            x.shape().dims().stream().<Dim>map(_ -> new Dim.Unknown()).toList()))));
  }

  /** The shape that the window leads back to. */
  public List<Dim> natural(Shape x) {
    List<Dim> dims = new ArrayList<>(x.dims().subList(0, 2));
    for (int axis = 0; axis < window.rank(); axis++) {
      long pads = (long) window.pads().get(axis) + window.pads().get(axis + window.rank());
      dims.add(
          x.dim(axis + 2)
              .plus(-1)
              .times(Dim.of(window.strides().get(axis)))
              .plus(window.kernel().get(axis) - pads));
    }
    return List.copyOf(dims);
  }
}
