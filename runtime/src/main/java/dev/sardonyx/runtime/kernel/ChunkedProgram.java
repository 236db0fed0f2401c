package dev.sardonyx.runtime.kernel;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A program that goes over its elements chunk by chunk, all of whose values stay in the first
 * cache. What a set of kernels does well in passes it does here as well, on scratch memory; all
 * else is in generated loops over arrays.
 */
final class ChunkedProgram implements FusedElementwise {

  /** Operations that passes of kernels do as fast as a loop. */
  private static final int MOST_PASSES = 3;

  /** What is done for each chunk. */
  private sealed interface Unit {
    /** A loop with the values that it reads and those that others read of it. */
    record Generated(Loop loop, List<Integer> inputs, List<Integer> results) implements Unit {}

    /** One operation of the kernels. */
    record Pass(Operation operation, int value) implements Unit {}
  }

  private final ElementwiseProgram program;
  private final Kernels kernels;
  private final int chunk;
  private final int[] levels;
  private final List<Unit> units = new ArrayList<>();
  private final int[] arrays;
  private final int[] slots;
  private int arrayCount;
  private int slotCount;

  ChunkedProgram(ElementwiseProgram program, Kernels kernels, LoopCache cache) {
    this.program = program;
    this.kernels = kernels;
    this.chunk = ChunkSteps.chunk(program.operands());
    levels = new int[program.operands().size() + program.operations().size()];
    int last = 0;
    for (int value = program.operands().size(); value < levels.length; value++) {
      levels[value] = level(value);
      last = Math.max(last, levels[value]);
    }
    for (int level = 0; level <= last; level++) {
      addUnits(level, cache);
    }
    arrays = new int[levels.length];
    slots = new int[levels.length];
    place();
  }

  private Operation operation(int value) {
    return program.operations().get(value - program.operands().size());
  }

  private boolean isOperand(int value) {
    return value < program.operands().size();
  }

  private boolean isPass(int value) {
    return !isOperand(value) && (levels[value] & 1) == 1;
  }

  /** Arrays are copied in and out, which a few passes are done before. */
  private boolean isLooped(Operation operation) {
    return LoopCode.has(operation)
        && (kernels.loops(operation)
            || program.operations().stream().filter(LoopCode::has).count() > MOST_PASSES);
  }

  /** Loops are at even levels, passes at odd ones, each after what it needs. */
  private int level(int value) {
    boolean pass = !isLooped(operation(value));
    int level = pass ? 1 : 0;
    for (int from : operation(value).values()) {
      boolean changes = !isOperand(from) && isPass(from) != pass;
      level = Math.max(level, changes ? levels[from] + 1 : levels[from]);
    }
    return level;
  }

  private void addUnits(int level, LoopCache cache) {
    List<Integer> members = new ArrayList<>();
    for (int value = program.operands().size(); value < levels.length; value++) {
      if (levels[value] == level) {
        members.add(value);
      }
    }
    if ((level & 1) == 1) {
      members.forEach(value -> units.add(new Unit.Pass(operation(value), value)));
    } else if (!members.isEmpty()) {
      units.add(generated(members, cache));
    }
  }

  private Unit generated(List<Integer> members, LoopCache cache) {
    Set<Integer> inputs = new LinkedHashSet<>();
    members.forEach(value -> inputs.addAll(operation(value).values()));
    members.forEach(inputs::remove);
    List<Integer> results =
        members.stream().filter(value -> isLast(value) || isShown(value)).toList();
    List<Integer> order = Stream.concat(inputs.stream(), members.stream()).toList();
    var body =
        new LoopBody(
            inputs.stream().map(this::isSingle).toList(),
            members.stream().map(value -> renumbered(operation(value), order)).toList(),
            results.stream().map(order::indexOf).toList());
    return new Unit.Generated(cache.of(body), List.copyOf(inputs), results);
  }

  /** Whether a value is read at another level than its own. */
  private boolean isShown(int value) {
    for (int user = value + 1; user < levels.length; user++) {
      boolean reads = !isOperand(user) && operation(user).values().contains(value);
      if (reads && levels[user] != levels[value]) {
        return true;
      }
    }
    return false;
  }

  private boolean isSingle(int value) {
    return isOperand(value) && program.operands().get(value).isSingle();
  }

  private boolean isFull(int value) {
    return isOperand(value) && program.operands().get(value).isFull();
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

  /** Gives an array to what loops read and write, a slot of scratch memory to what passes do. */
  private void place() {
    Arrays.fill(arrays, -1);
    Arrays.fill(slots, -1);
    var lastPass = new int[levels.length];
    Arrays.fill(lastPass, -1);
    for (int time = 0; time < units.size(); time++) {
      switch (units.get(time)) {
        case Unit.Generated(_, List<Integer> inputs, List<Integer> results) -> {
          inputs.forEach(this::placeInArray);
          results.forEach(this::placeInArray);
        }
        case Unit.Pass(Operation operation, _) -> {
          for (int from : operation.values()) {
            lastPass[from] = time;
          }
        }
      }
    }
    for (int value = 0; value < program.operands().size(); value++) {
      if (lastPass[value] >= 0 && !isFull(value) && !isSingle(value)) {
        placeInArray(value);
        slots[value] = slotCount++;
      }
    }
    placeInSlots(lastPass);
  }

  private void placeInArray(int value) {
    arrays[value] = arrays[value] < 0 ? arrayCount++ : arrays[value];
  }

  /** A value may take the slot of one that is read here for the last time: passes go in place. */
  private void placeInSlots(int[] lastPass) {
    var free = new ArrayDeque<Integer>();
    for (int time = 0; time < units.size(); time++) {
      for (int value = program.operands().size(); value < levels.length; value++) {
        if (slots[value] >= 0 && lastPass[value] == time) {
          free.push(slots[value]);
        }
      }
      List<Integer> born =
          switch (units.get(time)) {
            case Unit.Generated(_, _, List<Integer> results) ->
                results.stream().filter(value -> lastPass[value] >= 0).toList();
            case Unit.Pass(_, int value) -> isLast(value) ? List.of() : List.of(value);
          };
      for (int value : born) {
        slots[value] = free.isEmpty() ? slotCount++ : free.pop();
      }
      born.stream().filter(value -> lastPass[value] < 0).forEach(v -> free.push(slots[v]));
    }
  }

  private boolean isLast(int value) {
    return value == levels.length - 1;
  }

  @Override
  public Bound bind(
      List<MemorySegment> operands, MemorySegment y, MemorySegment scratch, HotArrays hot) {
    float[][] all = hot.chunks(arrayCount);
    var steps = new ChunkSteps(chunk);
    for (int value = 0; value < operands.size(); value++) {
      if (arrays[value] >= 0) {
        Optional<MemorySegment> slot =
            slots[value] < 0 ? Optional.empty() : Optional.of(slot(scratch, value));
        steps.read(program.operands().get(value), operands.get(value), all[arrays[value]], slot);
      }
    }
    for (Unit unit : units) {
      switch (unit) {
        case Unit.Generated generated -> add(generated, all, scratch, steps);
        case Unit.Pass(Operation operation, int value) -> {
          List<ChunkSteps.Place> from =
              operation.values().stream().map(v -> place(v, operands, scratch)).toList();
          var to = isLast(value) ? ChunkSteps.Place.full(y) : place(value, operands, scratch);
          steps.pass(kernels, operation, from, to);
          if (arrays[value] >= 0) {
            steps.reload(slot(scratch, value), all[arrays[value]]);
          }
        }
      }
    }
    int last = levels.length - 1;
    if (!isPass(last)) {
      steps.write(all[arrays[last]], y);
    }
    return steps.bound();
  }

  private MemorySegment slot(MemorySegment scratch, int value) {
    long bytes = (long) HotArrays.CHUNK * Float.BYTES;
    return scratch.asSlice(slots[value] * bytes, bytes);
  }

  /** Where a pass finds or leaves a value. */
  private ChunkSteps.Place place(int value, List<MemorySegment> operands, MemorySegment scratch) {
    if (isFull(value)) {
      return ChunkSteps.Place.full(operands.get(value));
    }
    return isSingle(value)
        ? ChunkSteps.Place.single(operands.get(value))
        : ChunkSteps.Place.slot(slot(scratch, value));
  }

  private void add(Unit.Generated unit, float[][] all, MemorySegment scratch, ChunkSteps steps) {
    float[][] values =
        Stream.concat(unit.inputs().stream(), unit.results().stream())
            .map(value -> all[arrays[value]])
            .toArray(float[][]::new);
    steps.loop(unit.loop(), values);
    for (int value : unit.results()) {
      if (slots[value] >= 0) {
        steps.spill(all[arrays[value]], slot(scratch, value));
      }
    }
  }
}
