package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.sardonyx.api.op.DeformConv;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Deformable convolution: for each output the sampled elements of all channels, then products. */
final class DeformConvRoutine {
  private final DeformConv op;
  private final Call call;
  private final Elements elements;
  private final long[] x;
  private final long[] plane;
  private final long[] outputs;
  private final long places;
  private final long taps;

  private DeformConvRoutine(DeformConv op, Call call) {
    this.op = op;
    this.call = call;
    elements = new Elements(call.output().dtype());
    x = call.sizes(0);
    plane = Axes.spatial(x);
    outputs = Axes.spatial(call.outputSizes());
    places = Sizes.product(outputs);
    taps = Sizes.product(Axes.spatial(call.sizes(1)));
  }

  static Routine of(DeformConv op, Call call) {
    var routine = new DeformConvRoutine(op, call);
    long samples = Sizes.multiply(routine.x[1], routine.taps);
    return Routine.of(
            buffers -> {
              var between = new Taps(routine.plane, 2);
              return () -> {
                long work = Sizes.multiply(samples, 4 + call.sizes(1)[0] / op.group());
                long left = Cancellation.EVERY;
                for (long n = 0; n < routine.x[0]; n++) {
                  for (long place = 0; place < routine.places; place++) {
                    left = Cancellation.spend(left, work);
                    routine.sample(buffers, between, n, place);
                    routine.multiply(buffers, n, place);
                  }
                }
              };
            })
        .withScratch(Sizes.multiply(samples, Double.BYTES));
  }

  /** The elements (channels, taps) that the kernel at a place meets, masked, into the scratch. */
  private void sample(Buffers buffers, Taps between, long n, long place) {
    long channels = x[1] / op.offsetGroup();
    long size = Sizes.product(plane);
    for (long group = 0; group < op.offsetGroup(); group++) {
      for (long tap = 0; tap < taps; tap++) {
        Cancellation.pollAt(tap);
        long entry = (n * op.offsetGroup() + group) * taps + tap;
        find(buffers, between, entry, tap, place);
        double mask = call.has(4) ? elements.real(buffers.input(4), entry * places + place) : 1;
        for (long c = group * channels; c < (group + 1) * channels; c++) {
          double value = between.sum(elements, buffers.input(0), (n * x[1] + c) * size);
          set(buffers.scratch(), c * taps + tap, mask * value);
        }
      }
    }
  }

  private void find(Buffers buffers, Taps between, long entry, long tap, long place) {
    Window window = op.window();
    int rank = plane.length;
    long tapRest = tap;
    long placeRest = place;
    for (int axis = rank - 1; axis >= 0; axis--) {
      long kernel = window.kernel().get(axis);
      double at =
          placeRest % outputs[axis] * window.strides().get(axis)
              - window.pads().get(axis)
              + tapRest % kernel * window.dilations().get(axis)
              + elements.real(buffers.input(2), (entry * rank + axis) * places + place);
      between.along(axis, at, (_, _) -> Taps.NONE);
      tapRest /= kernel;
      placeRest /= outputs[axis];
    }
    between.combine();
  }

  private void multiply(Buffers buffers, long n, long place) {
    long[] w = call.sizes(1);
    long row = w[1] * taps;
    MemorySegment samples = buffers.scratch();
    for (long m = 0; m < w[0]; m++) {
      long from = m / (w[0] / op.group()) * row;
      double sum = call.has(3) ? elements.real(buffers.input(3), m) : 0;
      for (long i = 0; i < row; i++) {
        Cancellation.pollAt(i);
        double sample = samples.get(JAVA_DOUBLE_UNALIGNED, (from + i) * Double.BYTES);
        sum += sample * elements.real(buffers.input(1), m * row + i);
      }
      elements.real(buffers.output(), (n * w[0] + m) * places + place, sum);
    }
  }

  private static void set(MemorySegment samples, long index, double value) {
    samples.set(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, value);
  }
}
