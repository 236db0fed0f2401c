package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Masks of attention. */
final class MachineKeyMasks {
  /** Elements of a call: less than a millisecond of them. */
  private static final int MOST_ELEMENTS = 1 << 18;

  static final int UNMASKED = 0;
  static final int MASKED = 1;
  static final int CHOSEN = 2;
  static final int CLEAR = 3;

  /** How many pieces of code there are. */
  static final int COUNT = 4;

  private final CodeLibrary library;
  private final CodeTable codes;

  MachineKeyMasks(CodeLibrary library, VectorLevel vectors) {
    this.library = library;
    this.codes =
        library.table(
            COUNT,
            number ->
                MachineCode.install(
                    "masks of keys " + number,
                    number == CLEAR ? RowClearCode.write(vectors) : mask(vectors, number)));
  }

  private static Assembler mask(VectorLevel vectors, int number) {
    return switch (vectors) {
      case ShortVectors level -> ShortKeyMaskCode.write(level, number);
      case LongVectors _ -> KeyMaskCode.write(number);
    };
  }

  /** The number of the code for a mask. */
  static int number(@Nullable MemorySegment mask, boolean truth) {
    return mask == null ? UNMASKED : truth ? CHOSEN : MASKED;
  }

  /** Whether a row fits a call. */
  static boolean takes(int n) {
    return n > 0 && n <= MOST_ELEMENTS;
  }

  /** As {@code Kernels.maskKeys}. */
  void mask(
      MemorySegment scores,
      int rows,
      int n,
      float factor,
      @Nullable MemorySegment mask,
      boolean truth,
      long maskOffset,
      long maskPitch,
      int from,
      int fromStep,
      int to,
      int toStep,
      int most,
      MemorySegment blind) {
    MachineCode code = codes.get(number(mask, truth));
    int each = MOST_ELEMENTS / n;
    int keys = Math.clamp(most, 0, n);
    int first = 0;
    while (first < rows) {
      Cancellation.poll();
      int some = Math.min(each, rows - first);
      var arguments =
          library
              .arguments()
              .number(some)
              .number(n)
              .writes(scores, floats((long) first * n), floats((long) some * n))
              .writes(blind, (long) first * Long.BYTES, (long) some * Long.BYTES)
              .number(factor);
      int bytes = truth ? 1 : Float.BYTES;
      long maskAt = (maskOffset + first * maskPitch) * bytes;
      Calls.reads(arguments, mask, maskAt, ((some - 1) * maskPitch + keys) * bytes);
      arguments
          .number(maskPitch * bytes)
          .number(from + (long) first * fromStep)
          .number(fromStep)
          .number(to + (long) first * toStep)
          .number(toStep)
          .number(most)
          .call(code);
      first += some;
    }
  }

  /** As {@code Kernels.clearRows}. */
  void clear(MemorySegment flags, MemorySegment x, int rows, int n) {
    int each = MOST_ELEMENTS / n;
    for (int first = 0; first < rows; first += each) {
      Cancellation.poll();
      int some = Math.min(each, rows - first);
      library
          .arguments()
          .number(some)
          .number(n)
          .writes(x, floats((long) first * n), floats((long) some * n))
          .reads(flags, (long) first * Long.BYTES, (long) some * Long.BYTES)
          .call(codes.get(CLEAR));
    }
  }

  private static long floats(long count) {
    return count * Float.BYTES;
  }
}
