package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a {@link ChunkedProgram} does on its memory: some things once, others for each chunk. */
final class ChunkSteps {

  /** Something done for n elements from an index on. */
  @FunctionalInterface
  private interface Action {
    void run(long at, int n);
  }

  /** Chunks begin where vectors of 512 bits do. */
  private static final int ALIGNMENT = 16;

  private final int chunk;
  private final List<Action> first = new ArrayList<>();
  private final List<Action> each = new ArrayList<>();

  ChunkSteps(int chunk) {
    this.chunk = chunk;
  }

  /**
   * Where a pass finds or leaves the elements of a chunk.
   *
   * @param moves whether they lie at the index of the chunk, not at the begin
   * @param step 0 for one element that goes with all
   */
  record Place(MemorySegment segment, boolean moves, int step) {
    static Place full(MemorySegment segment) {
      return new Place(segment, true, 1);
    }

    static Place single(MemorySegment segment) {
      return new Place(segment, false, 0);
    }

    static Place slot(MemorySegment segment) {
      return new Place(segment, false, 1);
    }

    long offset(long at) {
      return moves ? at : 0;
    }
  }

  /** Elements of a chunk: where an operand repeats itself within one, it does so in each alike. */
  static int chunk(List<Operand> operands) {
    long least = HotArrays.CHUNK;
    for (Operand operand : operands) {
      if (isTile(operand)) {
        least = Math.min(least, operand.period() * operand.repeat());
      }
    }
    long unit = least * ALIGNMENT / gcd(least, ALIGNMENT);
    long multiple = unit <= HotArrays.CHUNK ? unit : least;
    return (int) (HotArrays.CHUNK / multiple * multiple);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static boolean isTile(Operand operand) {
    return operand.period() <= HotArrays.CHUNK
        && operand.repeat() <= HotArrays.CHUNK / operand.period();
  }

  /** Reads an operand into an array, and from there into scratch memory where passes want it. */
  void read(Operand operand, MemorySegment x, float[] to, Optional<MemorySegment> slot) {
    boolean tile = isTile(operand) && chunk % (operand.period() * operand.repeat()) == 0;
    List<Action> actions = tile ? first : each;
    if (operand.isFull()) {
      actions.add((at, n) -> MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, bytes(at), to, 0, n));
    } else if (tile) {
      int period = (int) (operand.period() * operand.repeat());
      actions.add((_, _) -> tile(operand, x, to, period));
    } else if (operand.repeat() == 1) {
      actions.add((at, n) -> repeatAll(x, operand.period(), at, to, n));
    } else {
      actions.add((at, n) -> repeatEach(x, operand, at, to, n));
    }
    slot.ifPresent(y -> actions.add((_, n) -> copy(to, y, n)));
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

  void write(float[] from, MemorySegment y) {
    each.add((at, n) -> MemorySegment.copy(from, 0, y, JAVA_FLOAT_UNALIGNED, bytes(at), n));
  }

  void spill(float[] from, MemorySegment slot) {
    each.add((_, n) -> copy(from, slot, n));
  }

  private static void copy(float[] from, MemorySegment slot, int n) {
    MemorySegment.copy(from, 0, slot, JAVA_FLOAT_UNALIGNED, 0, n);
  }

  void reload(MemorySegment slot, float[] to) {
    each.add((_, n) -> MemorySegment.copy(slot, JAVA_FLOAT_UNALIGNED, 0, to, 0, n));
  }

  void loop(Loop loop, float[][] values) {
    each.add((_, n) -> loop.run(values, n));
  }

  /** An operation of the kernels. */
  void pass(Kernels kernels, Operation operation, List<Place> from, Place y) {
    Place a = from.getFirst();
    Place b = from.getLast();
    each.add(
        switch (operation) {
          case Operation.Unary(UnaryFunction function, _) ->
              (at, n) ->
                  kernels.unary(function, a.segment, a.offset(at), y.segment, y.offset(at), n);
          case Operation.Binary(BinaryFunction function, _, _) ->
              (at, n) -> {
                long left = a.offset(at);
                long right = b.offset(at);
                kernels.binary(
                    function,
                    a.segment,
                    left,
                    a.step,
                    b.segment,
                    right,
                    b.step,
                    y.segment,
                    y.offset(at),
                    n);
              };
        });
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
