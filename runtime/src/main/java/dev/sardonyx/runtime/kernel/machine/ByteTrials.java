package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.QuantizedSum;
import dev.sardonyx.runtime.kernel.QuantizedSum.Kind;
import dev.sardonyx.runtime.kernel.QuantizedSum.Part;
import dev.sardonyx.runtime.kernel.machine.ByteCopyCode.Fold;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Tries what is done of single bytes, against plain loops, to the bit. */
final class ByteTrials {
  /** Elements by variant: vectors and a broken one, broken ones, whole ones, fewer than one. */
  private static final int[] LENGTHS = {165, 37, 16, 64, 5, 131};

  private ByteTrials() {}

  private static MemorySegment bytes(MemorySegment to, int seed) {
    int state = seed * 0x9E3779B9 + 1;
    for (long i = 0; i < to.byteSize(); i++) {
      state = state * 0x343FD + 0x269EC3;
      to.set(JAVA_BYTE, i, (byte) (state >> 16));
    }
    return to;
  }

  /** Numbers that are quantised, or were. */
  static final class Sums implements Family {
    private final MachineBytes machine;

    Sums(MachineBytes machine) {
      this.machine = machine;
    }

    @Override
    public String name() {
      return "quantised numbers";
    }

    @Override
    public int size() {
      return MachineBytes.COUNT;
    }

    @Override
    public boolean has(int number) {
      return true;
    }

    @Override
    public String name(int number) {
      Kind b = MachineBytes.b(number);
      return "%s of %s%s"
          .formatted(MachineBytes.y(number), MachineBytes.a(number), b == null ? "" : " and " + b);
    }

    @Override
    public int variants() {
      return LENGTHS.length;
    }

    @Override
    public boolean agrees(int number, TrialMemory memory, int variant) {
      int n = LENGTHS[variant];
      Kind kind = MachineBytes.y(number);
      try (Arena arena = Arena.ofConfined()) {
        Part a = part(MachineBytes.a(number), arena, memory, n, 1);
        Kind second = MachineBytes.b(number);
        Part b = second == null ? null : part(second, arena, memory, n, 2);
        MemorySegment found = memory.of(arena, (long) n * kind.bytes());
        MemorySegment expected = arena.allocate((long) n * kind.bytes());
        machine.quantize(new QuantizedSum(a, b, new Part(found, kind, 0.3f, 17)), 0, n);
        var plain = new QuantizedSum(a, b, new Part(expected, kind, 0.3f, 17));
        Kernels.scalar().quantize(plain, 0, n);
        return found.mismatch(expected) < 0;
      }
    }

    private static Part part(Kind kind, Arena arena, TrialMemory memory, int n, int seed) {
      if (kind != Kind.FLOAT32) {
        return new Part(bytes(memory.of(arena, n), seed), kind, 0.4f * seed, 40 * seed);
      }
      float[] values = TrialMemory.numbers(n, seed);
      for (int i = 0; i < n; i++) {
        values[i] *= 60;
      }
      values[n / 2] = Float.NaN;
      values[n / 3] = Float.POSITIVE_INFINITY;
      return new Part(memory.of(arena, values), kind, 1, 0);
    }
  }

  /** Copies of rows. */
  static final class Copies implements Family {
    private final MachineBytes machine;

    Copies(MachineBytes machine) {
      this.machine = machine;
    }

    @Override
    public String name() {
      return "copies of bytes";
    }

    @Override
    public int size() {
      return Fold.values().length;
    }

    @Override
    public boolean has(int number) {
      return true;
    }

    @Override
    public String name(int number) {
      return name() + " " + Fold.values()[number];
    }

    @Override
    public int variants() {
      return LENGTHS.length;
    }

    @Override
    public boolean agrees(int number, TrialMemory memory, int variant) {
      int bytes = LENGTHS[variant];
      int rows = 3;
      int pitch = bytes + variant;
      int size = (rows - 1) * pitch + bytes;
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment x = bytes(memory.of(arena, (rows - 1) * 2 + bytes), 3);
        MemorySegment found = bytes(memory.of(arena, size), 4);
        MemorySegment expected = bytes(arena.allocate(size), 4);
        Fold fold = Fold.values()[number];
        machine.copy(fold, x, 0, 2, found, 0, pitch, rows, bytes, 0x80);
        Kernels plain = Kernels.scalar();
        switch (fold) {
          case FLIP -> plain.copyBytes(x, 0, 2, expected, 0, pitch, rows, bytes, 0x80);
          case MAX_UNSIGNED -> plain.maxBytes(x, 0, 2, expected, 0, pitch, rows, bytes, false);
          case MAX_SIGNED -> plain.maxBytes(x, 0, 2, expected, 0, pitch, rows, bytes, true);
        }
        return found.mismatch(expected) < 0;
      }
    }
  }

  /** Planes that are interleaved. */
  static final class Interleavings implements Family {
    private final MachineBytes machine;

    Interleavings(MachineBytes machine) {
      this.machine = machine;
    }

    @Override
    public String name() {
      return "interleaved bytes";
    }

    @Override
    public int size() {
      return InterleavingCode.MOST;
    }

    @Override
    public boolean has(int number) {
      return true;
    }

    @Override
    public String name(int number) {
      return name() + " of planes: " + (number + 1);
    }

    @Override
    public int variants() {
      return LENGTHS.length;
    }

    @Override
    public boolean agrees(int number, TrialMemory memory, int variant) {
      int planes = number + 1;
      int count = LENGTHS[variant];
      int pitch = count + variant;
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment x = bytes(memory.of(arena, (planes - 1) * pitch + count), 5);
        MemorySegment found = memory.of(arena, (long) count * planes);
        MemorySegment expected = arena.allocate((long) count * planes);
        machine.interleave(x, 0, pitch, planes, found, 0, count);
        Kernels.scalar().interleaveBytes(x, 0, pitch, planes, expected, 0, count);
        return found.mismatch(expected) < 0;
      }
    }
  }
}
