package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;

/** Tries masks of attention. */
final class KeyMaskTrial extends OperationTrial {
  private static final int ROWS = 4;

  KeyMaskTrial(Kernels machine) {
    super(machine, "masks of attention");
  }

  @Override
  public int size() {
    return MachineKeyMasks.COUNT;
  }

  @Override
  public String name(int number) {
    return switch (number) {
      case MachineKeyMasks.CLEAR -> "rows of no keys";
      case MachineKeyMasks.MASKED -> "keys with a mask";
      case MachineKeyMasks.CHOSEN -> "keys with a mask of truth";
      default -> "keys in a window";
    };
  }

  /** Flags that are not all the same; with a mask, and with bounds that move. */
  @Override
  Problem problem(int number, int length, int variant) {
    int n = ROWS * length;
    return new Problem(
        new int[] {n, n, 2 * ROWS},
        n,
        2,
        (kernels, in, y) -> {
          MemorySegment.copy(in[0], 0, y, 0, (long) n * Float.BYTES);
          if (number == MachineKeyMasks.CLEAR) {
            for (int row = 0; row < ROWS; row++) {
              in[2].setAtIndex(JAVA_LONG_UNALIGNED, row, row % 2);
            }
            kernels.clearRows(in[2], y, ROWS, length);
          } else {
            boolean truth = number == MachineKeyMasks.CHOSEN;
            MemorySegment mask = number == MachineKeyMasks.UNMASKED ? null : in[1];
            int bytes = truth ? 1 : Float.BYTES;
            int offset = n * Float.BYTES / bytes - (n - 1); // its last key is its memory's end
            if (truth) {
              in[1].set(JAVA_BYTE, offset + length / 3, (byte) 0);
            }
            kernels.maskKeys(
                y,
                ROWS,
                length,
                0.5f,
                mask,
                truth,
                offset,
                length,
                -2,
                1,
                length / 2,
                3,
                length - 1,
                in[2]);
            noteBlind(in[2], y, length);
          }
        });
  }

  /** Puts what was found blind where results are compared; the last key is hidden anyway. */
  private static void noteBlind(MemorySegment blind, MemorySegment y, int length) {
    for (int row = 0; row < ROWS; row++) {
      float found = blind.getAtIndex(JAVA_LONG_UNALIGNED, row);
      y.setAtIndex(JAVA_FLOAT_UNALIGNED, (row + 1L) * length - 1, found);
    }
  }
}
