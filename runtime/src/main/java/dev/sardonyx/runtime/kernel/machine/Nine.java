package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Windows of three by three with weights of each channel, over lines in a ring. */
final class Nine {
  private static final int TAPS = 9;

  private final CodeLibrary library;
  private final VectorLevel level;
  private final CodeTable codes;

  Nine(CodeLibrary library, VectorLevel level) {
    this.library = library;
    this.level = level;
    this.codes =
        library.table(
            NineShape.COUNT,
            number -> {
              NineShape shape = NineShape.of(number);
              return MachineCode.install(shape, NineCode.write(shape, level));
            });
  }

  /** Whether windows are of this kind, wherever their memory is. */
  static boolean takes(WindowSweep s) {
    return s.fold() == WindowSweep.Fold.WEIGHTED_SUM
        && s.depth().equals(Axis.SINGLE)
        && takes(s.height(), s.width());
  }

  /** Whether windows have this size. */
  static boolean takes(Axis height, Axis width) {
    return height.kernel() == 3
        && width.kernel() == 3
        && width.dilation() == 1
        && width.stride() <= 2;
  }

  /**
   * Computes some lines of an image.
   *
   * @param x where the lines of x are, as many as {@code slots} from an offset in bytes on; line i
   *     is at {@code i % slots}
   * @param y where lines of y are written to from an offset in bytes on
   */
  void lines(
      WindowSweep s,
      MemorySegment x,
      long xOffset,
      int slots,
      int first,
      int end,
      MemorySegment y,
      long yOffset) {
    int lanes = level.lanes();
    int whole = s.channels() / lanes;
    int rest = s.channels() % lanes;
    if (whole > 0) {
      call(s, x, xOffset, slots, first, end, y, yOffset, 0, whole, lanes);
    }
    if (rest > 0) {
      call(s, x, xOffset, slots, first, end, y, yOffset, whole * lanes, 1, rest);
    }
  }

  private void call(
      WindowSweep s,
      MemorySegment x,
      long xOffset,
      int slots,
      int first,
      int end,
      MemorySegment y,
      long yOffset,
      int channel,
      int vectors,
      int lanes) {
    Axis high = s.height();
    Axis wide = s.width();
    long pixel = (long) s.channels() * Float.BYTES;
    long line = wide.size() * pixel;
    long skipped = (long) channel * Float.BYTES;
    long each = ((vectors - 1L) * level.lanes() + lanes) * Float.BYTES;
    long top = high.start(first);
    Arguments arguments = library.arguments();
    arguments.reads(x, xOffset + skipped, slots * line - pixel + each).number(slots * line);
    for (int i = 0; i < 3; i++) {
      arguments.number(Math.floorMod(top + (long) i * high.dilation(), slots) * line);
    }
    arguments
        .number(high.stride() % slots * line)
        .number(top)
        .number(high.dilation())
        .number(high.stride())
        .number(high.size())
        .number(pixel)
        .number(-wide.padBefore() * pixel)
        .number(-wide.padBefore());
    columns(arguments, wide, s.outWidth());
    arguments.number(end - first).number(vectors);
    long tap = pixel;
    long outLine = s.outWidth() * pixel;
    long outBytes = (end - first) * outLine - pixel + each;
    Epilogue epilogue = s.epilogue();
    arguments
        .reads(Objects.requireNonNull(s.weights()), skipped, (TAPS - 1) * tap + each)
        .number(tap);
    Calls.reads(arguments, epilogue.bias(), skipped, each);
    Calls.reads(arguments, epilogue.residual(), yOffset + skipped, outBytes);
    arguments
        .writes(y, yOffset + skipped, outBytes)
        .number(pixel)
        .number(outLine)
        .number(epilogue.low())
        .number(epilogue.high());
    level.giveLanesOfOne(arguments, lanes);
    arguments.call(codes.get(number(s)));
  }

  /** The piece of code that a sweep takes. */
  static int number(WindowSweep s) {
    Epilogue epilogue = s.epilogue();
    return NineShape.number(
        s.width().stride(), epilogue.residual() != null, Calls.ending(epilogue.activation()));
  }

  private static void columns(Arguments arguments, Axis wide, int windows) {
    int before = wide.firstInside(wide.shift(0), windows);
    int inside = Math.max(0, wide.endInside(wide.shift(2), windows) - before);
    int blocks = inside / NineCode.TOGETHER;
    arguments
        .number(wide.size())
        .number(before)
        .number(blocks)
        .number(windows - before - blocks * NineCode.TOGETHER);
  }
}
