package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.RegionOp.RoiAlign;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** RoiAlign of one region at a time: samples within each part, by bilinear interpolation. */
record RegionSampler(RoiAlign op, Elements elements, long[] sizes) {
  /** More samples than this in one part are no use to anyone. */
  private static final long MOST_SAMPLES = 1 << 24;

  /** A region's extent along one axis. */
  private record Span(double start, double part, long samples) {
    double at(long part, long sample) {
      return start + part * this.part + (sample + 0.5) * this.part / samples;
    }
  }

  /** Where a sample lies between two neighbours of an axis. */
  private record Place(long low, long high, double weight, boolean outside) {
    static Place of(double at, long size) {
      if (!(at >= -1 && at <= size)) {
        return new Place(0, 0, 0, true);
      }
      double inside = Math.max(at, 0);
      long low = (long) inside;
      return low >= size - 1
          ? new Place(size - 1, size - 1, 0, false)
          : new Place(low, low + 1, inside - low, false);
    }
  }

  void region(MemorySegment x, MemorySegment rois, long region, long image, MemorySegment y) {
    Span rows = span(rois, region * 4 + 1, op.height());
    Span columns = span(rois, region * 4, op.width());
    if (rows.samples() > 0
        && columns.samples() > 0
        && rows.samples() > MOST_SAMPLES / columns.samples()) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "RoiAlign: a region takes " + rows.samples() + " x " + columns.samples() + " samples");
    }
    long plane = sizes[2] * sizes[3];
    for (long c = 0; c < sizes[1]; c++) {
      long from = (image * sizes[1] + c) * plane;
      long target = (region * sizes[1] + c) * op.height() * op.width();
      for (int i = 0; i < op.height(); i++) {
        Cancellation.poll();
        for (int j = 0; j < op.width(); j++) {
          Cancellation.pollAt(j);
          elements.real(y, target++, part(x, from, rows, i, columns, j));
        }
      }
    }
  }

  private Span span(MemorySegment rois, long at, int parts) {
    double shift = op.halfPixel() ? 0.5 : 0;
    double start = elements.real(rois, at) * op.spatialScale() - shift;
    double end = elements.real(rois, at + 2) * op.spatialScale() - shift;
    double length = op.halfPixel() ? end - start : Math.max(end - start, 1);
    double part = length / parts;
    return new Span(
        start, part, op.samplingRatio() > 0 ? op.samplingRatio() : (long) Math.ceil(part));
  }

  private double part(MemorySegment x, long plane, Span rows, int i, Span columns, int j) {
    double sum = 0;
    double largest = Double.NEGATIVE_INFINITY;
    long count = 0;
    for (long s = 0; s < rows.samples(); s++) {
      Place row = Place.of(rows.at(i, s), sizes[2]);
      for (long t = 0; t < columns.samples(); t++, count++) {
        Cancellation.pollAt(count);
        Place column = Place.of(columns.at(j, t), sizes[3]);
        boolean outside = row.outside() || column.outside();
        if (op.max()) {
          largest = Math.max(largest, outside ? 0 : largest(x, plane, row, column));
        } else {
          sum += outside ? 0 : mixed(x, plane, row, column);
        }
      }
    }
    return count == 0 ? 0 : op.max() ? largest : sum / count;
  }

  private double at(MemorySegment x, long plane, long row, long column) {
    return elements.real(x, plane + row * sizes[3] + column);
  }

  private double mixed(MemorySegment x, long plane, Place row, Place column) {
    double upper =
        (1 - column.weight()) * at(x, plane, row.low(), column.low())
            + column.weight() * at(x, plane, row.low(), column.high());
    double lower =
        (1 - column.weight()) * at(x, plane, row.high(), column.low())
            + column.weight() * at(x, plane, row.high(), column.high());
    return (1 - row.weight()) * upper + row.weight() * lower;
  }

  /** The largest of the four weighted neighbours, which is what ONNX has for max. */
  private double largest(MemorySegment x, long plane, Place row, Place column) {
    double above = 1 - row.weight();
    double left = 1 - column.weight();
    return Math.max(
        Math.max(
            above * left * at(x, plane, row.low(), column.low()),
            above * column.weight() * at(x, plane, row.low(), column.high())),
        Math.max(
            row.weight() * left * at(x, plane, row.high(), column.low()),
            row.weight() * column.weight() * at(x, plane, row.high(), column.high())));
  }
}
