package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Set;

/**
 * A cache with new tokens written into it. Inputs: past_cache (batch, ..., longest, ...), update
 * (batch, ..., sequence, ...), write_indices (batch), where each sample's update begins, zeros when
 * absent. Output: past_cache's shape. Source: ONNX TensorScatter.
 *
 * @param circular whether what goes beyond the end comes at the beginning
 */
public record TensorScatter(int axis, boolean circular) implements AttentionOp {
  @Override
  public String name() {
    return "TensorScatter";
  }

  @Override
  public int sinceOpset() {
    return 24;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("axis", Attribute.of(axis), Attribute.of(-2))
        .with("mode", Attribute.of(circular ? "circular" : "linear"), Attribute.of("linear"));
  }

  static TensorScatter read(Attributes attributes) {
    String mode = attributes.only("axis", "mode").string("mode", "linear");
    if (!mode.equals("linear") && !mode.equals("circular")) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "TensorScatter: mode must be linear or circular, found " + mode);
    }
    return new TensorScatter(attributes.int32("axis", -2), mode.equals("circular"));
  }

  @Override
  public Precision precision() {
    return Precision.EXACT;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType cache = in.requireCount(2, 3).atLeastRank(0, "past_cache", 2);
    TensorType update = in.tensor(1, "update");
    in.sameDType(0, 1);
    if (in.has(2)) {
      in.requireDType(2, "write_indices", Set.of(DType.INT64));
      in.ranked(2, "write_indices", 1);
    }
    if (!cache.shape().isKnown()) {
      return List.of(cache);
    }
    int along = in.axis(cache.shape(), axis);
    if (along == 0) {
      throw in.argumentError("axis must not be that of the batch");
    }
    if (in.has(2) && in.tensor(2, "write_indices").shape().isKnown()) {
      Dim count = in.tensor(2, "write_indices").dim(0);
      in.requireEqual(count, cache.dim(0), "write_indices must have one for each sample");
    }
    if (update.shape().isKnown()) {
      requireFit(in, cache, update, along);
    }
    return List.of(cache);
  }

  private static void requireFit(Inputs in, TensorType cache, TensorType update, int along) {
    in.ranked(1, "update", cache.rank());
    for (int other = 0; other < cache.rank(); other++) {
      Dim room = cache.dim(other);
      Dim size = update.dim(other);
      if (other != along) {
        in.requireEqual(size, room, "update must have past_cache's dims but for the axis");
      } else if (room.isFixed() && size.isFixed() && size.fixed() > room.fixed()) {
        throw in.shapeError("update must fit past_cache (%s vs %s)".formatted(size, room));
      }
    }
  }
}
