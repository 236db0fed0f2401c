package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.QuantizedSum;
import dev.sardonyx.runtime.kernel.QuantizedSum.Kind;
import dev.sardonyx.runtime.kernel.machine.ByteCopyCode.Fold;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done of single bytes: copies, and numbers that are quantised or were. */
final class MachineBytes {
  private static final Kind[] KINDS = Kind.values();

  /** Pieces of code of {@link QuantizedSum}: each kind, or nothing as the second number. */
  static final int COUNT = KINDS.length * (KINDS.length + 1) * KINDS.length;

  /** Elements or bytes of a call. */
  private static final long MOST = 1 << 18;

  private final CodeLibrary library;
  private final int lanes;
  private final CodeTable sums;
  private final CodeTable copies;
  private final CodeTable interleavings;
  private final Trials sumTrials;
  private final Trials copyTrials;
  private final Trials interleavingTrials;

  MachineBytes(CodeLibrary library, VectorLevel vectors) {
    this.library = library;
    this.lanes = vectors.lanes();
    sums =
        library.table(
            COUNT,
            number ->
                MachineCode.install(
                    "quantised " + number,
                    QuantizedSumCode.write(vectors, a(number), b(number), y(number))));
    copies =
        library.table(
            Fold.values().length,
            number ->
                MachineCode.install(
                    "copy of bytes " + Fold.values()[number],
                    ByteCopyCode.write(vectors, Fold.values()[number])));
    interleavings =
        library.table(
            InterleavingCode.MOST,
            number ->
                MachineCode.install(
                    "interleaving of planes " + (number + 1),
                    InterleavingCode.write(vectors, number + 1)));
    sumTrials = new Trials(new ByteTrials.Sums(this));
    copyTrials = new Trials(new ByteTrials.Copies(this));
    interleavingTrials = new Trials(new ByteTrials.Interleavings(this));
  }

  /** What can be tried. */
  List<Trials> trials() {
    return List.of(sumTrials, copyTrials, interleavingTrials);
  }

  static Kind a(int number) {
    return KINDS[number % KINDS.length];
  }

  static @Nullable Kind b(int number) {
    int kind = number / KINDS.length % (KINDS.length + 1);
    return kind == KINDS.length ? null : KINDS[kind];
  }

  static Kind y(int number) {
    return KINDS[number / KINDS.length / (KINDS.length + 1)];
  }

  private static int number(QuantizedSum sum) {
    int b = sum.b() == null ? KINDS.length : sum.b().kind().ordinal();
    int y = sum.y().kind().ordinal();
    return (y * (KINDS.length + 1) + b) * KINDS.length + sum.a().kind().ordinal();
  }

  /** Whether all lies off the heap, and the code computes what it should. */
  boolean takes(QuantizedSum sum) {
    return sum.a().memory().isNative()
        && (sum.b() == null || sum.b().memory().isNative())
        && sum.y().memory().isNative()
        && sumTrials.pass(number(sum));
  }

  /** Computes some elements. */
  void quantize(QuantizedSum sum, long from, long to) {
    MachineCode code = sums.get(number(sum));
    QuantizedSum.Part y = sum.y();
    for (long at = from; at < to; at += MOST) {
      Cancellation.poll();
      long n = Math.min(MOST, to - at);
      Arguments arguments = library.arguments();
      reads(arguments, sum.a(), at, n);
      reads(arguments, sum.b(), at, n);
      arguments
          .writes(y.memory(), at * y.kind().bytes(), n * y.kind().bytes())
          .number(n / lanes)
          .number(n % lanes);
      scale(arguments, sum.a());
      scale(arguments, sum.b());
      scale(arguments, y);
      arguments.number((float) (y.kind().low() - y.zero()));
      arguments.number((float) (y.kind().high() - y.zero()));
      arguments.call(code);
    }
  }

  private static void reads(
      Arguments arguments, QuantizedSum.@Nullable Part part, long at, long n) {
    if (part == null) {
      arguments.nothing();
    } else {
      arguments.reads(part.memory(), at * part.kind().bytes(), n * part.kind().bytes());
    }
  }

  private static void scale(Arguments arguments, QuantizedSum.@Nullable Part part) {
    arguments.number(part == null ? 0 : part.zero());
    arguments.number(part == null ? 0 : part.scale());
  }

  /** Whether copies are what they should be. */
  boolean copies(Fold fold) {
    return copyTrials.pass(fold.ordinal());
  }

  /** Copies rows. */
  void copy(
      Fold fold,
      MemorySegment x,
      long xOffset,
      long xPitch,
      MemorySegment y,
      long yOffset,
      long yPitch,
      int rows,
      long bytes,
      int flipped) {
    if (bytes == 0) {
      return;
    }
    int most = (int) Math.max(1, MOST / bytes);
    for (int row = 0; row < rows; row += most) {
      Cancellation.poll();
      int count = Math.min(most, rows - row);
      library
          .arguments()
          .reads(x, xOffset + row * xPitch, (count - 1) * xPitch + bytes)
          .number(xPitch)
          .writes(y, yOffset + row * yPitch, (count - 1) * yPitch + bytes)
          .number(yPitch)
          .number(count)
          .number(bytes)
          .number(flipped)
          .call(copies.get(fold.ordinal()));
    }
  }

  /** Whether so many planes are interleaved, as they should be. */
  boolean interleaves(int planes) {
    return planes <= InterleavingCode.MOST && interleavingTrials.pass(planes - 1);
  }

  /** Interleaves planes. */
  void interleave(
      MemorySegment x,
      long xOffset,
      long pitch,
      int planes,
      MemorySegment y,
      long yOffset,
      long count) {
    MachineCode code = interleavings.get(planes - 1);
    for (long at = 0; at < count; at += MOST) {
      Cancellation.poll();
      long n = Math.min(MOST, count - at);
      library
          .arguments()
          .reads(x, xOffset + at, (planes - 1) * pitch + n)
          .number(pitch)
          .writes(y, yOffset + at * planes, n * planes)
          .number(n)
          .call(code);
    }
  }
}
