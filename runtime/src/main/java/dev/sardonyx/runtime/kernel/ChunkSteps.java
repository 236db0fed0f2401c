package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a {@link ChunkedProgram} does on its memory: some things once, others for each chunk. */
final class ChunkSteps {

  /** Something done for n elements from an index on. */
  @FunctionalInterface
  private interface Action {
    void run(long at, int n);
  }

  private final int chunk;
  private final List<Action> first = new ArrayList<>();
  private final List<Action> each = new ArrayList<>();

  ChunkSteps(int chunk) {
    this.chunk = chunk;
  }

  /**
   * Reads an operand into an array.
   *
   * @param tile whether every chunk has the same of it
   */
  void read(Operand operand, MemorySegment x, float[] to, boolean tile) {
    if (operand.isFull()) {
      each.add((at, n) -> MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, bytes(at), to, 0, n));
    } else if (tile) {
      int period = (int) (operand.period() * operand.repeat());
      first.add((_, _) -> tile(operand, x, to, period));
    } else if (operand.repeat() == 1) {
      each.add((at, n) -> repeatAll(x, operand.period(), at, to, n));
    } else {
      each.add((at, n) -> repeatEach(x, operand, at, to, n));
    }
  }

  /** One turn of the operand, then what is there doubled until the chunk is full. */
  private void tile(Operand operand, MemorySegment x, float[] to, int period) {
    repeatEach(x, operand, 0, to, period);
    for (int done = period; done < chunk; done *= 2) {
      System.arraycopy(to, 0, to, done, Math.min(done, chunk - done));
    }
  }

  private static void repeatAll(MemorySegment x, long period, long at, float[] to, int n) {
    long from = at % period;
    for (int done = 0; done < n; from = 0) {
      int run = (int) Math.min(period - from, n - done);
      MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, bytes(from), to, done, run);
      done += run;
    }
  }

  private static void repeatEach(MemorySegment x, Operand operand, long at, float[] to, int n) {
    long repeat = operand.repeat();
    long from = at / repeat % operand.period();
    long rest = repeat - at % repeat;
    for (int done = 0; done < n; rest = repeat) {
      int run = (int) Math.min(rest, n - done);
      Arrays.fill(to, done, done + run, Floats.get(x, from));
      done += run;
      from = from + 1 == operand.period() ? 0 : from + 1;
    }
  }

  void copy(MemorySegment x, MemorySegment slot) {
    each.add((at, n) -> MemorySegment.copy(x, bytes(at), slot, 0, bytes(n)));
  }

  void copyOut(MemorySegment slot, MemorySegment y) {
    each.add((at, n) -> MemorySegment.copy(slot, 0, y, bytes(at), bytes(n)));
  }

  void write(float[] from, MemorySegment y) {
    each.add((at, n) -> MemorySegment.copy(from, 0, y, JAVA_FLOAT_UNALIGNED, bytes(at), n));
  }

  void spill(float[] from, MemorySegment slot) {
    each.add((_, n) -> MemorySegment.copy(from, 0, slot, JAVA_FLOAT_UNALIGNED, 0, n));
  }

  void reload(MemorySegment slot, float[] to) {
    each.add((_, n) -> MemorySegment.copy(slot, JAVA_FLOAT_UNALIGNED, 0, to, 0, n));
  }

  void loop(Loop loop, float[][] values) {
    each.add((_, n) -> loop.run(values, n));
  }

  void curve(Kernels kernels, UnaryFunction function, MemorySegment x, MemorySegment y) {
    each.add((_, n) -> kernels.unary(function, x, y, n));
  }

  private static long bytes(long elements) {
    return elements * Float.BYTES;
  }

  /** All that was added, in this order. */
  FusedElementwise.Bound bound() {
    Action[] once = first.toArray(Action[]::new);
    Action[] always = each.toArray(Action[]::new);
    return (from, to) -> {
      for (Action action : once) {
        action.run(from, chunk);
      }
      long left = Cancellation.EVERY;
      for (long at = from; at < to; at += chunk) {
        int n = (int) Math.min(chunk, to - at);
        left = Cancellation.spend(left, n);
        for (Action action : always) {
          action.run(at, n);
        }
      }
    };
  }
}
