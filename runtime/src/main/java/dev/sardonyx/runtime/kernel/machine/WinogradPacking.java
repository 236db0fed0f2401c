package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;

/** Transforms weights of Winograd's convolutions. */
final class WinogradPacking {
  private static final int TAPS = 9;

  /** Channels of a call: what it reads and writes stays in the second cache. */
  private static final int MOST_CHANNELS = 64;

  private final CodeLibrary library;
  private final CodeTable codes;

  /** Columns of a panel. */
  private final int width;

  /** Out channels that are transformed together. */
  private final int together;

  WinogradPacking(CodeLibrary library, VectorLevel level) {
    this.library = library;
    this.width = level.panelWidth();
    this.together = WinogradWeightsCode.lanes(level);
    this.codes =
        library.table(
            2,
            number -> {
              int size = 2 + 2 * number;
              return MachineCode.install(
                  "Winograd weights", WinogradWeightsCode.write(level, size));
            });
  }

  /** {@code [panel][position][channel][W]} from {@code [out channel, channel, 3, 3]}. */
  void pack(int size, int channels, int outChannels, MemorySegment weights, MemorySegment to) {
    int reach = size + 2;
    long panelBytes = (long) reach * reach * channels * width * Float.BYTES;
    for (int out = 0; out < outChannels; out += width) {
      if (outChannels - out <= width - together) { // vectors that nothing is written to
        to.asSlice(out / width * panelBytes, panelBytes).fill((byte) 0);
      }
      for (int c = 0; c < channels; c += MOST_CHANNELS) {
        Cancellation.poll();
        int count = Math.min(MOST_CHANNELS, channels - c);
        for (int lane = out; lane < Math.min(out + width, outChannels); lane += together) {
          lanes(
              size, channels, weights, to, lane, Math.min(together, outChannels - lane), c, count);
        }
      }
    }
  }

  private void lanes(
      int size,
      int channels,
      MemorySegment weights,
      MemorySegment to,
      int out,
      int lanes,
      int channel,
      int count) {
    int reach = size + 2;
    long pitch = (long) channels * TAPS * Float.BYTES;
    long positionPitch = (long) channels * width * Float.BYTES;
    long panel = out / width * reach * reach * positionPitch;
    long first = panel + ((long) channel * width + out % width) * Float.BYTES;
    Arguments arguments =
        library
            .arguments()
            .reads(
                weights,
                out * pitch + (long) channel * TAPS * Float.BYTES,
                (lanes - 1) * pitch + (long) count * TAPS * Float.BYTES)
            .number(pitch)
            .number(count)
            .writes(
                to,
                first,
                (reach * reach - 1) * positionPitch
                    + ((count - 1L) * width + together) * Float.BYTES)
            .number(positionPitch)
            .number((1L << lanes) - 1);
    for (double factor : WinogradWeightsCode.factors(size)) {
      arguments.number(Double.doubleToRawLongBits(factor));
    }
    arguments.call(codes.get(size / 2 - 1));
  }
}
