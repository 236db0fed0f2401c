package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.RegionOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Pools of regions, in double and rounded once. */
final class RegionRoutines {
  private RegionRoutines() {}

  static Routine of(RegionOp op, Call call) {
    return switch (op) {
      case RegionOp.MaxRoiPool pool -> maximum(pool, call);
      case RegionOp.RoiAlign align -> align(align, call);
    };
  }

  private static Routine align(RegionOp.RoiAlign op, Call call) {
    long[] sizes = call.sizes(0);
    var sampler = new RegionSampler(op, new Elements(call.output().dtype()), sizes);
    long regions = call.sizes(1)[0];
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var rois = buffers.input(1);
          var batch = buffers.input(2);
          var y = buffers.output();
          return () -> {
            for (long r = 0; r < regions; r++) {
              Cancellation.poll();
              long image = batch.get(JAVA_LONG_UNALIGNED, r * Long.BYTES);
              requireImage("RoiAlign", image, sizes[0]);
              sampler.region(x, rois, r, image, y);
            }
          };
        });
  }

  private static void requireImage(String operator, double image, long images) {
    if (!(image >= 0 && image < images)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          operator + ": batch indices must be within 0 and " + (images - 1) + ", found " + image);
    }
  }

  private static Routine maximum(RegionOp.MaxRoiPool op, Call call) {
    long[] sizes = call.sizes(0);
    long regions = call.sizes(1)[0];
    var elements = new Elements(call.output().dtype());
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var rois = buffers.input(1);
          var y = buffers.output();
          return () -> {
            for (long r = 0; r < regions; r++) {
              Cancellation.poll();
              requireImage("MaxRoiPool", elements.real(rois, r * 5), sizes[0]);
              long image = (long) elements.real(rois, r * 5);
              Span rows = span(op, elements, rois, r * 5 + 2, op.height(), sizes[2]);
              Span columns = span(op, elements, rois, r * 5 + 1, op.width(), sizes[3]);
              for (long c = 0; c < sizes[1]; c++) {
                Cancellation.poll();
                long plane = (image * sizes[1] + c) * sizes[2] * sizes[3];
                long target = (r * sizes[1] + c) * op.height() * op.width();
                parts(elements, x, plane, rows, columns, y, target);
              }
            }
          };
        });
  }

  /** An axis of a region, cut into parts: {@code part} elements each, rounded outwards. */
  private record Span(long start, double part, int parts, long size) {
    long first(int i) {
      return Math.clamp((long) Math.floor(i * part) + start, 0, size);
    }

    long end(int i) {
      return Math.clamp((long) Math.ceil((i + 1) * part) + start, 0, size);
    }
  }

  /** The span between a corner and the one two numbers behind it, both within. */
  private static Span span(
      RegionOp.MaxRoiPool op,
      Elements elements,
      MemorySegment rois,
      long at,
      int parts,
      long size) {
    long start = corner(elements.real(rois, at) * op.spatialScale());
    long end = corner(elements.real(rois, at + 2) * op.spatialScale());
    long length = Math.max(end - start + 1, 1);
    return new Span(start, (double) length / parts, parts, size);
  }

  /** To the nearest pixel, halves away from 0; far outside is outside. */
  private static long corner(double place) {
    double rounded = Math.copySign(Math.floor(Math.abs(place) + 0.5), place);
    return Math.clamp((long) rounded, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static void parts(
      Elements elements,
      MemorySegment x,
      long plane,
      Span rows,
      Span columns,
      MemorySegment y,
      long target) {
    for (int i = 0; i < rows.parts(); i++) {
      for (int j = 0; j < columns.parts(); j++) {
        double best = Double.NEGATIVE_INFINITY;
        boolean empty = true;
        for (long row = rows.first(i); row < rows.end(i); row++) {
          Cancellation.poll();
          for (long column = columns.first(j); column < columns.end(j); column++) {
            Cancellation.pollAt(column);
            best = Math.max(best, elements.real(x, plane + row * columns.size() + column));
            empty = false;
          }
        }
        elements.real(y, target + (long) i * columns.parts() + j, empty ? 0 : best);
      }
    }
  }
}
