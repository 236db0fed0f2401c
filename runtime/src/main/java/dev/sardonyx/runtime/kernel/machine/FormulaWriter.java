package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.kernel.machine.Operation.Leaf;
import dev.sardonyx.runtime.kernel.machine.Operation.Pair;
import dev.sardonyx.runtime.kernel.machine.Operation.Single;
import dev.sardonyx.runtime.kernel.machine.Operation.Special;
import dev.sardonyx.runtime.kernel.machine.Operation.Sum;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the instructions of a formula for some vectors at once, whose instructions alternate: each
 * waits for those before it, and meanwhile the others go on. What registers are left over hold
 * constants.
 */
final class FormulaWriter {
  /** Vectors at once. */
  static final int MOST_COPIES = 4;

  /** Where a formula's input comes from. */
  @FunctionalInterface
  interface Loads {
    /** Loads input {@code number} of a copy. */
    void load(int number, int copy, Vec to);
  }

  private final Assembler a;
  private final VectorLevel level;
  private final Formula formula;
  private final ConstantPool pool;
  private final Operations operations;
  private final List<Integer> free;
  private final List<Value> kept;
  private final FormulaRegisters registers;
  private final int copies;

  /**
   * Assigns registers.
   *
   * @param free the numbers of those that may be used
   * @throws IllegalArgumentException if they do not suffice
   */
  FormulaWriter(
      Assembler a, VectorLevel level, Formula formula, ConstantPool pool, List<Integer> free) {
    this.a = a;
    this.level = level;
    this.operations = level.operations(a, pool);
    this.formula = formula;
    this.pool = pool;
    this.free = free;
    int count = count(formula);
    if (count > free.size()) {
      throw new IllegalArgumentException("a formula takes " + count + " registers");
    }
    copies = Math.min(MOST_COPIES, free.size() / Math.max(1, count));
    List<Value> constants = FormulaRegisters.inMemory(formula);
    int spare = Math.min(constants.size(), free.size() - copies * count);
    FormulaRegisters assigned;
    do { // keeping constants may, by chance, take another register
      Set<Value> candidates = new HashSet<>(constants.subList(0, spare));
      assigned = new FormulaRegisters(formula, candidates);
      spare--;
    } while (assigned.count() * copies + spare + 1 > free.size());
    kept = new ArrayList<>(constants.subList(0, spare + 1));
    registers = assigned;
  }

  /** How many registers a formula takes at least, without its held ones. */
  static int count(Formula formula) {
    return new FormulaRegisters(formula, Set.of()).count();
  }

  /** How many vectors there can be at once. */
  int copies() {
    return copies;
  }

  /** Loads the constants that stay in registers. */
  void begin() {
    kept.forEach(value -> a.vbroadcastss(keptRegister(value), memory(value)));
  }

  private Vec keptRegister(Value value) {
    return level.register(free.get(free.size() - 1 - kept.indexOf(value)));
  }

  /** Where a result is. */
  Vec result(int number, int copy) {
    return register(formula.results().get(number), copy);
  }

  private Vec register(Value value, int copy) {
    if (value.operation() == Leaf.HELD) {
      return level.register(value.number());
    }
    return value.isInMemory()
        ? keptRegister(value)
        : level.register(free.get(registers.place(value) * copies + copy));
  }

  private Mem memory(Value value) {
    return value.operation() == Leaf.CONSTANT
        ? pool.of(value.number())
        : Frame.slot(value.number());
  }

  private boolean isInMemory(Value value) {
    return registers.isInMemory(value);
  }

  private Source source(Value value, int copy) {
    if (!isInMemory(value)) {
      return register(value, copy);
    }
    return value.operation() == Leaf.CONSTANT
        ? operations.constant(value.number())
        : operations.single(memory(value));
  }

  /** Writes the formula for so many vectors. */
  void write(int vectors, Loads loads) {
    for (Value value : formula.values()) {
      for (int copy = 0; copy < vectors; copy++) {
        if (value.operation() == Leaf.INPUT) {
          loads.load(value.number(), copy, register(value, copy));
        } else if (!value.isInMemory() && value.operation() != Leaf.HELD) {
          write(value, copy);
        }
      }
    }
  }

  /** No switch over types: linking one takes milliseconds before anything is compiled. */
  private void write(Value value, int copy) {
    Vec to = register(value, copy);
    Value first = value.of().getFirst();
    if (value.operation() instanceof Single single) {
      operations.write(single, to, source(first, copy), value.number());
    } else if (value.operation() instanceof Pair pair) {
      pair(pair, value.of(), to, copy);
    } else if (value.operation() instanceof Sum sum) {
      sum(sum, value.of(), to, copy);
    } else {
      special((Special) value.operation(), value, to, copy);
    }
  }

  private void special(Special operation, Value value, Vec to, int copy) {
    Value first = value.of().getFirst();
    switch (operation) {
      case COPY -> load(to, first, copy);
      case BITS -> {
        move(to, first, copy);
        operations.select(to, register(value.of().get(1), copy), source(value.of().get(2), copy));
      }
      case CHOICE -> choice(value, to, copy);
    }
  }

  /** A value's register, or the given one with what lies in memory. */
  private Vec inRegister(Vec to, Value value, int copy) {
    if (!isInMemory(value)) {
      return register(value, copy);
    }
    load(to, value, copy);
    return to;
  }

  private void load(Vec to, Value value, int copy) {
    if (isInMemory(value)) {
      a.vbroadcastss(to, memory(value));
    } else {
      a.vmovaps(to, register(value, copy));
    }
  }

  private void move(Vec to, Value value, int copy) {
    if (isInMemory(value) || !register(value, copy).equals(to)) {
      load(to, value, copy);
    }
  }

  private void pair(Pair operation, List<Value> of, Vec to, int copy) {
    boolean swapped = operation.commutes() && isInMemory(of.getFirst());
    Vec x = inRegister(to, of.get(swapped ? 1 : 0), copy);
    operations.write(operation, to, x, source(of.get(swapped ? 0 : 1), copy));
  }

  /** One of the operands, or a copy of one, becomes the result. */
  private void sum(Sum operation, List<Value> of, Vec to, int copy) {
    boolean firstInMemory = isInMemory(of.getFirst());
    Value left = of.get(firstInMemory ? 1 : 0);
    Value right = of.get(firstInMemory ? 0 : 1);
    Value summand = of.get(2);
    if (is(summand, to, copy)) {
      operation.intoSummand(a, to, register(left, copy), source(right, copy));
    } else if (is(left, to, copy)) {
      operation.intoFactor(a, to, register(right, copy), source(summand, copy));
    } else if (is(right, to, copy)) {
      operation.intoFactor(a, to, register(left, copy), source(summand, copy));
    } else if (isInMemory(right)) {
      load(to, right, copy);
      operation.intoFactor(a, to, register(left, copy), source(summand, copy));
    } else {
      load(to, summand, copy);
      operation.intoSummand(a, to, register(left, copy), source(right, copy));
    }
  }

  private boolean is(Value value, Vec register, int copy) {
    return !isInMemory(value) && register(value, copy).equals(register);
  }

  private void choice(Value value, Vec to, int copy) {
    Value holds = value.of().get(2);
    Value other = value.of().get(3);
    operations.compare(
        copy,
        register(value.of().getFirst(), copy),
        source(value.of().get(1), copy),
        value.number());
    Vec rest = inRegister(to, other, copy);
    operations.choose(copy, to, source(holds, copy), rest);
  }
}
