package dev.sardonyx.runtime.plan;

import java.lang.foreign.MemorySegment;

/**
 * Keys or values with those of the past before them: the input itself where there is neither a past
 * nor an output that wants them, else a tensor (batch, heads, total, size) of its own.
 */
final class AttentionCache {
  private static final long ALIGNMENT = 64;

  private final AttentionSizes sizes;
  private final int input;
  private final int size;
  private final long bytes;
  private final boolean hasPast;
  private final boolean hasOutput;

  /** The cache of input 1 or 2, whose past is input 4 or 5 and whose output has its own index. */
  AttentionCache(Call call, AttentionSizes sizes, int input, int size) {
    this.sizes = sizes;
    this.input = input;
    this.size = size;
    bytes = call.input(input).dtype().bits() / 8;
    hasPast = call.has(input + 3);
    hasOutput = call.hasOutput(input);
  }

  static long align(long bytes) {
    return Sizes.multiply(Math.ceilDiv(bytes, ALIGNMENT), ALIGNMENT);
  }

  long scratchBytes() {
    if (!hasPast || hasOutput) {
      return 0;
    }
    long elements = Sizes.multiply(sizes.batch() * sizes.keyHeads(), sizes.total());
    return align(Sizes.multiply(Sizes.multiply(elements, size), bytes));
  }

  private boolean isAssembled() {
    return hasPast || hasOutput;
  }

  /** Where keys or values are found during the run. */
  MemorySegment place(Buffers buffers, MemorySegment scratch, long offset) {
    return hasOutput
        ? buffers.output(input)
        : hasPast ? scratch.asSlice(offset, scratchBytes()) : buffers.input(input);
  }

  /** Puts past and present together, where that is needed. */
  void assemble(Buffers buffers, MemorySegment to) {
    if (!isAssembled()) {
      return;
    }
    MemorySegment now = buffers.input(input);
    long row = size * bytes;
    for (long batch = 0; batch < sizes.batch(); batch++) {
      for (int head = 0; head < sizes.keyHeads(); head++) {
        long matrix = (batch * sizes.keyHeads() + head) * sizes.total() * row;
        if (hasPast) {
          long length = sizes.past() * row;
          long from = (batch * sizes.keyHeads() + head) * length;
          MemorySegment.copy(buffers.input(input + 3), from, to, matrix, length);
        }
        long from = sizes.at(batch, head, sizes.keyHeads(), sizes.keys(), size) * bytes;
        long pitch = sizes.pitch(sizes.keyHeads(), size) * bytes;
        for (long token = 0; token < sizes.keys(); token++) {
          long at = matrix + (sizes.past() + token) * row;
          MemorySegment.copy(now, from + token * pitch, to, at, row);
        }
      }
    }
  }

  /** Where a head begins, in elements. */
  long at(long batch, int head) {
    return isAssembled()
        ? (batch * sizes.keyHeads() + head) * sizes.total() * size
        : sizes.at(batch, head, sizes.keyHeads(), sizes.keys(), size);
  }

  /** Elements from one token to the next. */
  int pitch() {
    return isAssembled() ? size : sizes.pitch(sizes.keyHeads(), size);
  }
}
