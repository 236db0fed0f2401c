package dev.sardonyx.runtime.kernel;

import dev.sardonyx.runtime.kernel.machine.MachineKernels;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Every kernel set with every kind of memory, and the data that tests feed them. */
final class Sets {

  /** Where a test's segments live. */
  enum Memory {
    HEAP(n -> MemorySegment.ofArray(new float[n])),
    NATIVE(n -> Arena.ofAuto().allocate((long) n * Float.BYTES, 64)),
    UNALIGNED(n -> Arena.ofAuto().allocate((long) n * Float.BYTES + 1, 64).asSlice(1)),
    BYTES(n -> MemorySegment.ofArray(new byte[n * Float.BYTES]));

    private final IntFunction<MemorySegment> allocator;

    Memory(IntFunction<MemorySegment> allocator) {
      this.allocator = allocator;
    }

    MemorySegment of(int elements) {
      return allocator.apply(elements);
    }

    MemorySegment of(float... values) {
      MemorySegment segment = of(values.length);
      for (int i = 0; i < values.length; i++) {
        Floats.set(segment, i, values[i]);
      }
      return segment;
    }
  }

  private Sets() {}

  /** The Vector API from the first element on. */
  static Kernels vectors() {
    return new VectorKernels(WarmUp::done);
  }

  /** The same, but nothing of what has a twin. */
  static Kernels twins() {
    return new VectorKernels(WarmUp::never);
  }

  static Stream<Kernels> kernels() {
    return Stream.concat(
        Stream.of(Kernels.scalar(), Kernels.scalar(32), Kernels.scalar(16), vectors()),
        Stream.of(Processor.Level.values()).filter(Processor.current()::has).map(Sets::machine));
  }

  /** Whether this machine and this JVM take machine code for AVX-512. */
  static boolean hasMachine() {
    return Processor.current().has(Processor.Level.AVX512);
  }

  /** That code, and plain loops for what it does not have. */
  static Kernels machine() {
    return machine(Processor.Level.AVX512);
  }

  private static Kernels machine(Processor.Level level) {
    return MachineKernels.of(level, () -> Kernels.scalar(MachineKernels.width(level)));
  }

  static Stream<Arguments> kernelsAndMemory() {
    return kernels()
        .flatMap(set -> Stream.of(Memory.values()).map(memory -> Arguments.of(set, memory)));
  }

  static float[] random(int n, long seed) {
    var random = new Random(seed);
    var values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static float[] array(MemorySegment segment) {
    var values = new float[(int) (segment.byteSize() / Float.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Floats.get(segment, i);
    }
    return values;
  }
}
