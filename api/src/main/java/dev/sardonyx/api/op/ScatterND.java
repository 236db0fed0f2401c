package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;

/**
 * The data with each update, an element or a slice, put where its tuple of indices says. Shapes:
 * indices (..., k) of k leading axes of the data; updates (..., rest of the data). Source: ONNX
 * ScatterND.
 */
public record ScatterND(ScatterReduction reduction) implements IndexOp {
  @Override
  public String name() {
    return "ScatterND";
  }

  @Override
  public int sinceOpset() {
    return reduction.sinceOpset();
  }

  @Override
  public Precision precision() {
    return reduction.precision();
  }

  @Override
  public Attributes attributes() {
    return reduction.attributes();
  }

  static ScatterND read(Attributes attributes) {
    return new ScatterND(ScatterReduction.read(attributes.only("reduction")));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType data = in.requireCount(3, 3).atLeastRank(0, "data", 1);
    TensorType indices = in.atLeastRank(1, "indices", 1);
    TensorType updates = in.tensor(2, "updates");
    in.requireDType(1, "indices", EnumSet.of(DType.INT64));
    reduction.requireTypes(in);
    boolean known =
        data.shape().isKnown()
            && indices.shape().isKnown()
            && updates.shape().isKnown()
            && indices.dim(indices.rank() - 1).isFixed();
    if (known) {
      List<Dim> expected = GatherND.slices(in, data.shape(), indices.shape(), 0);
      in.ranked(2, "updates", expected.size());
      for (int i = 0; i < expected.size(); i++) {
        in.requireEqual(expected.get(i), updates.dim(i), "updates must have the shape " + expected);
      }
    }
    return List.of(data);
  }
}
