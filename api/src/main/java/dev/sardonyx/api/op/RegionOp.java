package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;

/**
 * Pools of regions: X (N, C, H, W) and regions (R, ...) -> Y (R, C, height, width). Regions are
 * given by corners x1, y1, x2, y2, which spatialScale maps to places in X.
 */
public sealed interface RegionOp extends PoolOp {

  /**
   * The largest element of each of height * width parts of a region (batch index, x1, y1, x2, y2),
   * whose corners are rounded to pixels and both within it; 0 for a part without pixels. Source:
   * ONNX MaxRoiPool.
   */
  record MaxRoiPool(int height, int width, float spatialScale) implements RegionOp {
    @Override
    public String name() {
      return "MaxRoiPool";
    }

    @Override
    public int sinceOpset() {
      return 1;
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("pooled_shape", Attribute.ofInts(List.of(height, width)))
          .with("spatial_scale", Attribute.of(spatialScale), Attribute.of(1f));
    }

    static MaxRoiPool read(Attributes attributes) {
      attributes.only("pooled_shape", "spatial_scale");
      List<Integer> shape = attributes.ints("pooled_shape").orElse(List.of());
      if (shape.size() != 2) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "MaxRoiPool: pooled_shape must be height and width, found " + shape);
      }
      requirePositive("MaxRoiPool", shape.get(0), shape.get(1));
      return new MaxRoiPool(shape.get(0), shape.get(1), attributes.floating("spatial_scale", 1f));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(2, 2);
      return pooled(in, 5, height, width);
    }
  }

  /**
   * The mean, or the largest, of values sampled by bilinear interpolation in each of height * width
   * parts of a region; batch_indices (R) says in which X each region lies.
   *
   * @param max whether the largest weighted neighbour counts instead of the mean
   * @param samplingRatio samples along each axis of a part; 0 for one per pixel
   * @param halfPixel whether corners are moved by half a pixel
   */
  record RoiAlign(
      boolean halfPixel, boolean max, int height, int width, int samplingRatio, float spatialScale)
      implements RegionOp {
    private static final String MODE = "coordinate_transformation_mode";

    @Override
    public String name() {
      return "RoiAlign";
    }

    @Override
    public int sinceOpset() {
      return 16;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with(
              MODE,
              Attribute.of(halfPixel ? "half_pixel" : "output_half_pixel"),
              Attribute.of("half_pixel"))
          .with("mode", Attribute.of(max ? "max" : "avg"), Attribute.of("avg"))
          .with("output_height", Attribute.of(height), Attribute.of(1))
          .with("output_width", Attribute.of(width), Attribute.of(1))
          .with("sampling_ratio", Attribute.of(samplingRatio), Attribute.of(0))
          .with("spatial_scale", Attribute.of(spatialScale), Attribute.of(1f));
    }

    static RoiAlign read(Attributes attributes) {
      attributes.only(
          MODE, "mode", "output_height", "output_width", "sampling_ratio", "spatial_scale");
      int height = attributes.int32("output_height", 1);
      int width = attributes.int32("output_width", 1);
      requirePositive("RoiAlign", height, width);
      int ratio = attributes.int32("sampling_ratio", 0);
      if (ratio < 0) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT, "RoiAlign: sampling_ratio must be 0 or more, found " + ratio);
      }
      return new RoiAlign(
          isFirst(attributes, MODE, "half_pixel", "output_half_pixel"),
          isFirst(attributes, "mode", "max", "avg"),
          height,
          width,
          ratio,
          attributes.floating("spatial_scale", 1f));
    }

    private static boolean isFirst(
        Attributes attributes, String name, String first, String second) {
      String found = attributes.string(name, name.equals("mode") ? second : first);
      if (!found.equals(first) && !found.equals(second)) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "RoiAlign: " + name + " must be " + first + " or " + second + ", found " + found);
      }
      return found.equals(first);
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(3, 3).requireDType(2, "batch_indices", EnumSet.of(DType.INT64));
      TensorType rois = in.ranked(1, "rois", 2);
      TensorType batch = in.ranked(2, "batch_indices", 1);
      if (rois.shape().isKnown() && batch.shape().isKnown()) {
        in.requireEqual(rois.dim(0), batch.dim(0), "each region must have a batch index");
      }
      return pooled(in, 4, height, width);
    }
  }

  private static void requirePositive(String operator, int height, int width) {
    if (height < 1 || width < 1) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          operator
              + ": the output must be 1 or more high and wide, found "
              + height
              + " x "
              + width);
    }
  }

  private static List<ValueType> pooled(Inputs in, int columns, int height, int width) {
    in.requireDType(0, "X", Inputs.FLOATS);
    in.sameDType(0, 1);
    TensorType x = in.ranked(0, "X", 4);
    TensorType rois = in.ranked(1, "rois", 2);
    if (rois.shape().isKnown()) {
      in.requireEqual(rois.dim(1), Dim.of(columns), "regions have " + columns + " numbers");
    }
    return List.of(
        TensorType.of(
            x.dtype(),
            rois.shape().isKnown() ? rois.dim(0) : new Dim.Unknown(),
            x.shape().isKnown() ? x.dim(1) : new Dim.Unknown(),
            Dim.of(height),
            Dim.of(width)));
  }
}
