package dev.sardonyx.runtime.kernel;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A program that goes over its elements chunk by chunk, all of whose values stay in the first
 * cache: generated loops over arrays, of which C2 makes vectors, and between them the curves of a
 * set of kernels. Loops are at even levels, curves at odd ones.
 */
final class ChunkedProgram implements FusedElementwise {
  /** Chunks begin where vectors of 512 bits do. */
  private static final int ALIGNMENT = 16;

  /** A loop at a level, with the values that it reads, then those that it writes. */
  record Part(Loop loop, int[] values) {}

  private final ElementwiseProgram program;
  private final Kernels kernels;
  private final int chunk;
  private final int[] levels;
  private final int[] arrays;
  private final int[] slots;
  private final List<Part> loops = new ArrayList<>();
  private int arrayCount;
  private int slotCount;

  ChunkedProgram(ElementwiseProgram program, Kernels kernels, LoopCache cache) {
    this.program = program;
    this.kernels = kernels;
    this.chunk = chunk(program);
    int count = program.operands().size() + program.operations().size();
    levels = new int[count];
    for (int value = program.operands().size(); value < count; value++) {
      levels[value] = level(value);
    }
    arrays = new int[count];
    slots = new int[count];
    place();
    for (int level = 0; level <= last(); level += 2) {
      loops.add(part(level, cache));
    }
  }

  /** Where an operand that repeats itself within a chunk has the same values in each. */
  private static int chunk(ElementwiseProgram program) {
    long least = HotArrays.CHUNK;
    for (Operand operand : program.operands()) {
      if (isTile(operand, HotArrays.CHUNK)) {
        least = Math.min(least, operand.period() * operand.repeat());
      }
    }
    long unit = least * ALIGNMENT / gcd(least, ALIGNMENT);
    long multiple = unit <= HotArrays.CHUNK ? unit : least;
    return (int) (HotArrays.CHUNK / multiple * multiple);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static boolean isTile(Operand operand, long chunk) {
    return !operand.isFull()
        && operand.period() <= chunk
        && operand.repeat() <= chunk / operand.period();
  }

  private Operation operation(int value) {
    return program.operations().get(value - program.operands().size());
  }

  private boolean isOperand(int value) {
    return value < program.operands().size();
  }

  /** Whether a value is computed by the set of kernels. */
  private boolean isCurve(int value) {
    return !isOperand(value) && (levels[value] & 1) == 1;
  }

  private int last() {
    return IntStream.of(levels).max().orElseThrow();
  }

  private int level(int value) {
    Operation operation = operation(value);
    boolean curve =
        switch (operation) {
          case Operation.Unary unary -> LoopCode.of(unary.function()) == null;
          case Operation.Binary _ -> false;
        };
    int level = curve ? 1 : 0;
    for (int from : operation.values()) {
      boolean waits = isCurve(from) != curve;
      level = Math.max(level, isOperand(from) || !waits ? levels[from] : levels[from] + 1);
    }
    return level;
  }

  /** Gives values an array where loops pass them on, a place in scratch memory where curves do. */
  private void place() {
    Set<Integer> inArrays = new LinkedHashSet<>();
    Set<Integer> inSlots = new LinkedHashSet<>();
    for (int value = program.operands().size(); value < levels.length; value++) {
      for (int from : operation(value).values()) {
        if (isCurve(value)) {
          inSlots.add(from);
        } else if (isOperand(from) || levels[from] != levels[value]) {
          inArrays.add(from);
        }
      }
      if (isCurve(value)) {
        inSlots.add(value);
      }
    }
    int result = levels.length - 1;
    for (int value = 0; value < levels.length; value++) {
      boolean written = !isOperand(value) && !isCurve(value) && inSlots.contains(value);
      boolean shown = value == result && !isCurve(value);
      arrays[value] = inArrays.contains(value) || written || shown ? arrayCount++ : -1;
      slots[value] = inSlots.contains(value) ? slotCount++ : -1;
    }
  }

  /** The loop of a level. */
  private Part part(int level, LoopCache cache) {
    Set<Integer> inputs = new LinkedHashSet<>();
    List<Integer> members = new ArrayList<>();
    for (int value = program.operands().size(); value < levels.length; value++) {
      if (levels[value] == level) {
        members.add(value);
        for (int from : operation(value).values()) {
          if (isOperand(from) || levels[from] != level) {
            inputs.add(from);
          }
        }
      }
    }
    List<Integer> order = new ArrayList<>(inputs);
    order.addAll(members);
    List<Operation> operations = new ArrayList<>();
    for (int member : members) {
      operations.add(renumbered(operation(member), order));
    }
    List<Integer> results = members.stream().filter(value -> arrays[value] >= 0).toList();
    List<Boolean> singles =
        inputs.stream()
            .map(value -> isOperand(value) && program.operands().get(value).isSingle())
            .toList();
    var body = new LoopBody(singles, operations, results.stream().map(order::indexOf).toList());
    int[] values =
        IntStream.concat(
                inputs.stream().mapToInt(Integer::intValue),
                results.stream().mapToInt(Integer::intValue))
            .toArray();
    return new Part(members.isEmpty() ? (_, _) -> {} : cache.of(body), values);
  }

  private static Operation renumbered(Operation operation, List<Integer> order) {
    return switch (operation) {
      case Operation.Unary(UnaryFunction function, int x) ->
          new Operation.Unary(function, order.indexOf(x));
      case Operation.Binary(BinaryFunction function, int a, int b) ->
          new Operation.Binary(function, order.indexOf(a), order.indexOf(b));
    };
  }

  @Override
  public int chunk() {
    return chunk;
  }

  @Override
  public long scratchElements() {
    return (long) slotCount * HotArrays.CHUNK;
  }

  @Override
  public Bound bind(
      List<MemorySegment> operands, MemorySegment y, MemorySegment scratch, HotArrays hot) {
    float[][] all = hot.chunks(arrayCount);
    var steps = new ChunkSteps(chunk);
    for (int value = 0; value < operands.size(); value++) {
      if (arrays[value] >= 0) {
        Operand operand = program.operands().get(value);
        float[] array = all[arrays[value]];
        boolean tile = isTile(operand, chunk) && chunk % (operand.period() * operand.repeat()) == 0;
        steps.read(operand, operands.get(value), array, tile);
      }
      if (slots[value] >= 0) {
        steps.copy(operands.get(value), slot(scratch, value));
      }
    }
    for (int level = 0; level <= last(); level++) {
      if (level % 2 == 0) {
        loop(level, all, scratch, steps);
      } else {
        curves(level, all, scratch, steps);
      }
    }
    int result = levels.length - 1;
    if (isCurve(result)) {
      steps.copyOut(slot(scratch, result), y);
    } else {
      steps.write(all[arrays[result]], y);
    }
    return steps.bound();
  }

  private MemorySegment slot(MemorySegment scratch, int value) {
    long bytes = (long) HotArrays.CHUNK * Float.BYTES;
    return scratch.asSlice(slots[value] * bytes, bytes);
  }

  private void loop(int level, float[][] all, MemorySegment scratch, ChunkSteps steps) {
    Part part = loops.get(level / 2);
    var values = new float[part.values().length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = all[arrays[part.values()[i]]];
    }
    steps.loop(part.loop(), values);
    for (int value : part.values()) {
      if (levels[value] == level && slots[value] >= 0 && !isOperand(value)) {
        steps.spill(all[arrays[value]], slot(scratch, value));
      }
    }
  }

  private void curves(int level, float[][] all, MemorySegment scratch, ChunkSteps steps) {
    for (int value = program.operands().size(); value < levels.length; value++) {
      if (levels[value] == level && operation(value) instanceof Operation.Unary unary) {
        MemorySegment y = slot(scratch, value);
        steps.curve(kernels, unary.function(), slot(scratch, unary.x()), y);
        if (arrays[value] >= 0) {
          steps.reload(y, all[arrays[value]]);
        }
      }
    }
  }
}
