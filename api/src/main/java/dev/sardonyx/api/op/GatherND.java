package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Elements or slices of the data where tuples of indices say; negative ones count from the end.
 * Shapes: indices (batch..., ..., k) of k axes of the data behind batch_dims common ones, output
 * (batch..., ..., rest of the data). Source: ONNX GatherND.
 */
public record GatherND(int batchDims) implements IndexOp {
  @Override
  public String name() {
    return "GatherND";
  }

  @Override
  public int sinceOpset() {
    return batchDims == 0 ? 11 : 12;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("batch_dims", Attribute.of(batchDims), Attribute.of(0));
  }

  static GatherND read(Attributes attributes) {
    return new GatherND(attributes.only("batch_dims").int32("batch_dims", 0));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType data = in.requireCount(2, 2).atLeastRank(0, "data", 1);
    TensorType indices = in.atLeastRank(1, "indices", 1);
    in.requireDType(1, "indices", EnumSet.of(DType.INT64));
    boolean known =
        data.shape().isKnown()
            && indices.shape().isKnown()
            && indices.dim(indices.rank() - 1).isFixed();
    return List.of(
        data.withShape(
            known
                ? Shape.of(slices(in, data.shape(), indices.shape(), batchDims))
                : Shape.unknown()));
  }

  /** The shape of what tuples of indices name. Errors: SHAPE, ARGUMENT where they do not fit. */
  static List<Dim> slices(Inputs in, Shape data, Shape indices, int batchDims) {
    int last = indices.rank() - 1;
    if (batchDims < 0 || batchDims > last || batchDims >= data.rank()) {
      throw in.argumentError(
          "batch_dims must be 0 or more and less than the ranks of %s and %s, found %d"
              .formatted(data, indices, batchDims));
    }
    for (int i = 0; i < batchDims; i++) {
      in.requireEqual(data.dim(i), indices.dim(i), "batch dims must agree at axis " + i);
    }
    long tuple = indices.dim(last).fixed();
    if (tuple < 1 || tuple > data.rank() - batchDims) {
      throw in.shapeError(
          "the last dim of indices %s must name 1 to %d axes of data %s"
              .formatted(indices, data.rank() - batchDims, data));
    }
    List<Dim> dims = new ArrayList<>(indices.dims().subList(0, last));
    dims.addAll(data.dims().subList(batchDims + (int) tuple, data.rank()));
    return dims;
  }
}
