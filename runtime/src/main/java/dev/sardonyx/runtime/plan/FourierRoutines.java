package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.sardonyx.api.op.DFT;
import dev.sardonyx.api.op.STFT;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Fourier;
import java.lang.foreign.MemorySegment;

/** Fourier transforms: each line of numbers is copied into scratch and transformed there. */
final class FourierRoutines {
  private FourierRoutines() {}

  /**
   * A line of numbers of a tensor: where it begins, the distance of two, and how many there are.
   */
  private record Line(long from, long step, long count) {}

  static Routine dft(DFT op, Call call) {
    long[] sizes = call.sizes(0);
    long[] outputs = call.outputSizes();
    int rank = sizes.length;
    int axis = call.has(2) ? Math.floorMod(call.numbers(2)[0], rank) : rank - 2;
    int parts = (int) sizes[rank - 1];
    boolean backToReal = op.inverse() && op.onesided();
    long length =
        call.has(1) ? call.numbers(1)[0] : backToReal ? 2 * (sizes[axis] - 1) : sizes[axis];
    var fourier = new Fourier(Sizes.narrow(length));
    long inner = Sizes.product(sizes, axis + 1, rank - 1);
    long outer = Sizes.product(sizes, 0, axis);
    long given = Math.min(sizes[axis], backToReal ? length / 2 + 1 : length);
    int kept = (int) outputs[rank - 1];
    var elements = new Elements(call.output().dtype());
    return Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var y = buffers.output();
              var scratch = buffers.scratch();
              return () -> {
                fourier.prepare(scratch);
                long left = Cancellation.EVERY;
                for (long o = 0; o < outer; o++) {
                  for (long i = 0; i < inner; i++) {
                    left = Cancellation.spend(left, length);
                    var in = new Line((o * sizes[axis] * inner + i) * parts, inner * parts, given);
                    load(elements, x, in, parts, scratch, length);
                    if (backToReal) {
                      mirror(scratch, length);
                    }
                    fourier.transform(scratch, op.inverse());
                    long to = (o * outputs[axis] * inner + i) * kept;
                    store(elements, scratch, y, new Line(to, inner * kept, outputs[axis]), kept);
                  }
                }
              };
            })
        .withScratch(Sizes.multiply(fourier.scratchElements(), Double.BYTES));
  }

  static Routine stft(STFT op, Call call) {
    long[] sizes = call.sizes(0);
    long[] outputs = call.outputSizes();
    long step = call.numbers(1)[0];
    int parts = (int) sizes[2];
    long length = call.has(3) ? call.numbers(3)[0] : call.has(2) ? call.sizes(2)[0] : sizes[1];
    var fourier = new Fourier(Sizes.narrow(length));
    var elements = new Elements(call.output().dtype());
    return Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var y = buffers.output();
              var scratch = buffers.scratch();
              return () -> {
                fourier.prepare(scratch);
                long left = Cancellation.EVERY;
                for (long frame = 0; frame < outputs[0] * outputs[1]; frame++) {
                  left = Cancellation.spend(left, length);
                  long batch = frame / outputs[1];
                  long first = batch * sizes[1] + frame % outputs[1] * step;
                  var in = new Line(first * parts, parts, length);
                  load(elements, x, in, parts, scratch, length);
                  if (call.has(2)) {
                    weigh(elements, buffers.input(2), scratch, length);
                  }
                  fourier.transform(scratch, false);
                  var out = new Line(frame * outputs[2] * 2, 2, outputs[2]);
                  store(elements, scratch, y, out, 2);
                }
              };
            })
        .withScratch(Sizes.multiply(fourier.scratchElements(), Double.BYTES));
  }

  /** Numbers of one part or two as pairs, with zeros behind them up to a length. */
  private static void load(
      Elements elements, MemorySegment x, Line line, int parts, MemorySegment to, long length) {
    for (long i = 0; i < line.count(); i++) {
      Cancellation.pollAt(i);
      long at = line.from() + i * line.step();
      set(to, 2 * i, elements.real(x, at));
      set(to, 2 * i + 1, parts == 2 ? elements.real(x, at + 1) : 0);
    }
    for (long i = 2 * line.count(); i < 2 * length; i++) {
      Cancellation.pollAt(i);
      set(to, i, 0);
    }
  }

  private static void store(
      Elements elements, MemorySegment from, MemorySegment y, Line line, int parts) {
    for (long i = 0; i < line.count(); i++) {
      Cancellation.pollAt(i);
      for (int part = 0; part < parts; part++) {
        elements.real(y, line.from() + i * line.step() + part, get(from, 2 * i + part));
      }
    }
  }

  /**
   * Adds the half of a spectrum that was left out; what must be real has its other part ignored.
   */
  private static void mirror(MemorySegment data, long length) {
    set(data, 1, 0);
    if (length % 2 == 0) {
      set(data, length + 1, 0);
    }
    for (long i = 1; i < (length + 1) / 2; i++) {
      Cancellation.pollAt(i);
      set(data, 2 * (length - i), get(data, 2 * i));
      set(data, 2 * (length - i) + 1, -get(data, 2 * i + 1));
    }
  }

  private static void weigh(Elements elements, MemorySegment window, MemorySegment data, long n) {
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      double weight = elements.real(window, i);
      set(data, 2 * i, get(data, 2 * i) * weight);
      set(data, 2 * i + 1, get(data, 2 * i + 1) * weight);
    }
  }

  private static double get(MemorySegment data, long index) {
    return data.get(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
  }

  private static void set(MemorySegment data, long index, double value) {
    data.set(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, value);
  }
}
