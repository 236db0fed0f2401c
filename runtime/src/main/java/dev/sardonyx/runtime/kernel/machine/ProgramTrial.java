package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import dev.sardonyx.runtime.kernel.Floats;
import dev.sardonyx.runtime.kernel.FusedElementwise;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries chains of operations, whose results must have the bits of the operations one by one. As a
 * family it has a chain for each function of one element, with operands of all kinds.
 */
final class ProgramTrial implements Family {
  /** Elements of a row by variant. */
  private static final int[] ROWS = {19, 16, 17, 31, 32, 33, 47, 48, 80, 131};

  private final Kernels kernels;

  ProgramTrial(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public String name() {
    return "chains of operations";
  }

  @Override
  public int size() {
    return UnaryNumbers.COUNT;
  }

  @Override
  public boolean has(int number) {
    return true;
  }

  @Override
  public String name(int number) {
    return "a chain with " + UnaryNumbers.of(number);
  }

  @Override
  public int variants() {
    return ROWS.length;
  }

  @Override
  public boolean agrees(int number, TrialMemory memory, int variant) {
    int row = ROWS[variant];
    var operands =
        List.of(Operand.full(), new Operand(row, 1), new Operand(2, row), Operand.single());
    List<Operation> operations =
        List.of(
            new Operation.Binary(BinaryFunction.MUL, 0, 1),
            new Operation.Unary(UnaryNumbers.of(number), 4),
            new Operation.Binary(BinaryFunction.ADD, 5, 2),
            new Operation.Binary(BinaryFunction.SUB, 3, 6));
    var program = new ElementwiseProgram(operands, operations);
    FusedElementwise fused = kernels.fuse(program, LoopCache.create());
    return fused instanceof MachineProgram
        && agrees(kernels, program, fused, memory, 2 * row + variant);
  }

  /** A program with rows of few elements that takes the same code. */
  static ElementwiseProgram small(ElementwiseProgram program) {
    List<Operand> operands = program.operands().stream().map(ProgramTrial::small).toList();
    return new ElementwiseProgram(operands, program.operations());
  }

  private static Operand small(Operand operand) {
    return operand.isFull() || operand.isSingle()
        ? operand
        : operand.repeat() == 1 ? new Operand(ROWS[0], 1) : new Operand(2, ROWS[0]);
  }

  /** The elements that a trial has. */
  static int elements() {
    return 2 * ROWS[0] + 1;
  }

  /**
   * Whether a program has the bits of its operations.
   *
   * @param n elements of y
   */
  static boolean agrees(
      Kernels kernels,
      ElementwiseProgram program,
      FusedElementwise fused,
      TrialMemory memory,
      int n) {
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> operands = new ArrayList<>();
      List<MemorySegment> values = new ArrayList<>(); // with an element for each of y
      for (Operand operand : program.operands()) {
        float[] own =
            TrialMemory.numbers(operand.isFull() ? n : (int) operand.period(), operands.size() + 1);
        operands.add(memory.of(arena, own));
        var all = new float[n];
        for (int i = 0; i < n; i++) {
          all[i] = own[(int) (i / operand.repeat() % operand.period())];
        }
        values.add(TrialMemory.PLAIN.of(arena, all));
      }
      for (Operation operation : program.operations()) {
        MemorySegment y = TrialMemory.PLAIN.of(arena, (long) n * Float.BYTES);
        switch (operation) {
          case Operation.Unary(var function, int x) ->
              kernels.unary(function, values.get(x), 0, y, 0, n);
          case Operation.Binary(var function, int a, int b) ->
              kernels.binary(function, values.get(a), 0, 1, values.get(b), 0, 1, y, 0, n);
        }
        values.add(y);
      }
      MemorySegment found = memory.of(arena, (long) n * Float.BYTES);
      MemorySegment scratch =
          TrialMemory.PLAIN.of(arena, Math.max(1, fused.scratchElements()) * Float.BYTES);
      fused.bind(operands, found, scratch, new HotArrays()).run(0, n);
      return sameBits(found, values.getLast(), n);
    }
  }

  private static boolean sameBits(MemorySegment a, MemorySegment b, int n) {
    boolean same = true;
    for (int i = 0; i < n; i++) {
      same &= Float.compare(Floats.get(a, i), Floats.get(b, i)) == 0;
    }
    return same;
  }
}
