package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Places in an image for each pixel of another, by a matrix. Inputs: theta (N, 2, 3) or (N, 3, 4);
 * size, that of the other image: (N, C, H, W) or (N, C, D, H, W). Output: (N, H, W, 2) or (N, D, H,
 * W, 3). Source: ONNX AffineGrid, torch affine_grid.
 *
 * @param alignCorners whether -1 and 1 are the centres of the corners' pixels, else their edges
 */
public record AffineGrid(boolean alignCorners) implements SamplingOp {
  @Override
  public String name() {
    return "AffineGrid";
  }

  @Override
  public int sinceOpset() {
    return 20;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("align_corners", Attribute.of(alignCorners), Attribute.of(false));
  }

  static AffineGrid read(Attributes attributes) {
    return new AffineGrid(attributes.only("align_corners").bool("align_corners", false));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType theta = in.requireCount(2, 2).ranked(0, "theta", 3);
    in.requireDType(0, "theta", Inputs.FLOATS);
    in.requireDType(1, "size", Set.of(DType.INT64));
    TensorType size = in.ranked(1, "size", 1);
    Dim count = size.shape().isKnown() ? size.dim(0) : new Dim.Unknown();
    if (count.isFixed() && count.fixed() != 4 && count.fixed() != 5) {
      throw in.shapeError("size must have 4 or 5 elements, found " + size);
    }
    if (!count.isFixed() || !theta.shape().isKnown()) {
      return List.of(theta.withShape(Shape.unknown()));
    }
    int spatial = (int) count.fixed() - 2;
    in.requireEqual(theta.dim(1), Dim.of(spatial), "theta must have a row for each axis");
    in.requireEqual(theta.dim(2), Dim.of(spatial + 1), "theta must have a column more");
    List<Dim> dims = new ArrayList<>(List.of(theta.dim(0)));
    for (int axis = 0; axis < spatial; axis++) {
      int at = axis + 2;
      dims.add(in.contents(1).map(list -> list.get(at)).orElseGet(Dim.Unknown::new));
    }
    in.contents(1)
        .ifPresent(list -> in.requireEqual(theta.dim(0), list.getFirst(), "theta and size fit"));
    dims.add(Dim.of(spatial));
    return List.of(theta.withShape(Shape.of(dims)));
  }
}
