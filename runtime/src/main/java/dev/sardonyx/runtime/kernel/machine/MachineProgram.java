package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.FusedElementwise;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A chain of operations with its code.
 *
 * @param row elements of a row, 0 where no operand needs rows
 * @param onHeap what serves memory on the heap
 */
record MachineProgram(
    ElementwiseProgram program,
    long row,
    MachineCode code,
    CodeLibrary library,
    Supplier<FusedElementwise> onHeap)
    implements FusedElementwise {
  private static final int CHUNK = 1024;

  @Override
  public int chunk() {
    return CHUNK;
  }

  @Override
  public long scratchElements() {
    return 0;
  }

  @Override
  public Bound bind(
      List<MemorySegment> operands, MemorySegment y, MemorySegment scratch, HotArrays arrays) {
    if (!Stream.concat(operands.stream(), Stream.of(y)).allMatch(MemorySegment::isNative)) {
      FusedElementwise other = onHeap.get();
      MemorySegment own = Arena.ofAuto().allocate(other.scratchElements() * Float.BYTES, CHUNK);
      return other.bind(operands, y, own, arrays);
    }
    MemorySegment[] memory = operands.toArray(MemorySegment[]::new);
    return (from, to) -> run(memory, y, from, to);
  }

  private void run(MemorySegment[] operands, MemorySegment y, long from, long to) {
    long most = MachineElements.MOST;
    for (long at = from; at < to; at += most) {
      Cancellation.poll();
      call(operands, y, at, Math.min(most, to - at));
    }
  }

  private void call(MemorySegment[] operands, MemorySegment y, long at, long n) {
    Arguments arguments =
        library
            .arguments()
            .number(n)
            .number(row == 0 ? 0 : at % row)
            .number(row == 0 ? n : row)
            .writes(y, at * Float.BYTES, n * Float.BYTES);
    for (int i = 0; i < operands.length; i++) {
      Operand operand = program.operands().get(i);
      if (!operand.isSingle()) {
        switch (MachinePrograms.along(operand)) {
          case ALL ->
              arguments.reads(operands[i], at * Float.BYTES, n * Float.BYTES).nothing().nothing();
          case ROW -> MachineElements.broadcast(arguments, operands[i], 0, operand.period());
          case ROWS -> {
            long first = at / operand.repeat() % operand.period();
            MachineElements.broadcast(arguments, operands[i], first, operand.period());
          }
        }
      }
    }
    for (int i = 0; i < operands.length; i++) {
      if (program.operands().get(i).isSingle()) {
        arguments.number(MachineElements.value(arguments, operands[i], 0));
      }
    }
    arguments.call(code);
  }
}
