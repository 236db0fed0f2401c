package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import dev.sardonyx.runtime.machine.Arguments;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What calls of many kernels have in common. */
final class Calls {
  private Calls() {}

  /** Memory that code reads, or nothing where there is none. */
  static void reads(Arguments arguments, @Nullable MemorySegment segment, long offset, long bytes) {
    if (segment == null) {
      arguments.nothing();
    } else {
      arguments.reads(segment, offset, bytes);
    }
  }

  /** How sums end with an activation. */
  static Ending ending(@Nullable UnaryFunction activation) {
    return activation == null
        ? Ending.NONE
        : activation instanceof UnaryFunction.Clip ? Ending.CLIP : Ending.RELU;
  }

  /** Whether memory is off the heap, or there is none. */
  static boolean isNative(@Nullable MemorySegment segment) {
    return segment == null || segment.isNative();
  }

  /** Whether what an epilogue reads is off the heap. */
  static boolean isNative(Epilogue epilogue) {
    return isNative(epilogue.bias()) && isNative(epilogue.residual());
  }

  /** Memory itself, or a copy of it where it is on the heap; plans have theirs off the heap. */
  static MemorySegment offHeap(MemorySegment segment) {
    return segment.isNative()
        ? segment
        : Arena.ofAuto().allocate(segment.byteSize(), Long.BYTES).copyFrom(segment);
  }

  /** An epilogue with its memory off the heap. */
  static Epilogue offHeap(Epilogue epilogue) {
    MemorySegment bias = epilogue.bias();
    MemorySegment residual = epilogue.residual();
    return new Epilogue(
        bias == null ? null : offHeap(bias),
        residual == null ? null : offHeap(residual),
        epilogue.activation());
  }
}
