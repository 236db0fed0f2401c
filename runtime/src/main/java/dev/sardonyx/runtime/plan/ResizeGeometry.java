package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.Resize.Coordinates;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.Arrays;
import java.util.List;

/**
 * Where the elements of a resized tensor lie in the one that it is made of.
 *
 * @param scales output elements for an input element, for each axis
 * @param lengths what the outputs would be without rounding
 * @param starts of the part that is taken, from 0 to 1
 * @param ends of that part
 */
record ResizeGeometry(
    Resize op,
    long[] sizes,
    long[] outputs,
    float[] scales,
    float[] lengths,
    double[] starts,
    double[] ends) {

  static ResizeGeometry of(Resize op, Call call) {
    long[] sizes = call.sizes(0);
    int rank = sizes.length;
    double[] ends = new double[rank];
    Arrays.fill(ends, 1);
    var result =
        new ResizeGeometry(
            op,
            sizes,
            call.outputSizes(),
            new float[rank],
            new float[rank],
            new double[rank],
            ends);
    result.fillScales(call);
    if (op.coordinates() == Coordinates.TF_CROP_AND_RESIZE) {
      result.fillPart(call);
    }
    return result;
  }

  private void fillScales(Call call) {
    for (int axis = 0; axis < sizes.length; axis++) {
      scales[axis] = (float) outputs[axis] / sizes[axis];
      lengths[axis] = outputs[axis];
    }
    List<Integer> axes = op.axes(sizes.length);
    boolean scaled = call.has(2) && Sizes.product(call.sizes(2)) > 0;
    if (scaled) {
      for (int i = 0; i < axes.size(); i++) {
        scale(axes.get(i), call.constant(2).floatAt(i));
      }
    } else if (op.keepAspectRatio() != Resize.AspectRatio.STRETCH && !axes.isEmpty()) {
      long[] from = axes.stream().mapToLong(axis -> sizes[axis]).toArray();
      long[] to = call.numbers(3);
      int ratio = op.ratio(from, to);
      axes.forEach(axis -> scale(axis, (float) to[ratio] / from[ratio]));
    }
  }

  private void scale(int axis, float scale) {
    scales[axis] = scale;
    lengths[axis] = sizes[axis] * scale;
  }

  private void fillPart(Call call) {
    DenseTensor roi = call.constant(1);
    List<Integer> axes = op.axes(sizes.length);
    if (roi.elements() != 2L * axes.size()) {
      throw new SardonyxException(
          ErrorCode.SHAPE, "Resize: roi must have two elements for each axis, found " + roi.type());
    }
    for (int i = 0; i < axes.size(); i++) {
      starts[axes.get(i)] = roi.doubleAt(i);
      ends[axes.get(i)] = roi.doubleAt(axes.size() + i);
    }
  }

  /** Whether an axis is left as it is. */
  boolean keeps(int axis) {
    return sizes[axis] == outputs[axis]
        && scales[axis] == 1
        && starts[axis] == 0
        && ends[axis] == 1;
  }

  /** Where an output element lies in the input; in float32, whose roundings decide at ties. */
  float position(int axis, long i) {
    float scale = scales[axis];
    long size = sizes[axis];
    return switch (op.coordinates()) {
      case HALF_PIXEL -> (i + 0.5f) / scale - 0.5f;
      case PYTORCH_HALF_PIXEL -> outputs[axis] > 1 ? (i + 0.5f) / scale - 0.5f : 0;
      case ALIGN_CORNERS -> outputs[axis] > 1 ? (float) (i * (size - 1)) / (lengths[axis] - 1) : 0;
      case ASYMMETRIC -> i / scale;
      case HALF_PIXEL_SYMMETRIC ->
          size / 2f * (1 - outputs[axis] / lengths[axis]) + (i + 0.5f) / scale - 0.5f;
      case TF_CROP_AND_RESIZE -> (float) part(axis, i);
    };
  }

  private double part(int axis, long i) {
    double last = sizes[axis] - 1.0;
    double start = starts[axis] * last;
    double length = (ends[axis] - starts[axis]) * last;
    return outputs[axis] > 1 ? start + i * length / (outputs[axis] - 1) : start + length / 2;
  }

  /** Whether an output element lies outside the input, where a part of that is taken. */
  boolean isOutside(int axis, long i) {
    if (op.coordinates() != Coordinates.TF_CROP_AND_RESIZE) {
      return false;
    }
    double place = part(axis, i);
    return !(place >= 0 && place <= sizes[axis] - 1.0);
  }
}
