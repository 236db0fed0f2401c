package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.kernel.machine.Operation.Leaf;
import dev.sardonyx.runtime.kernel.machine.Operation.Pair;
import dev.sardonyx.runtime.kernel.machine.Operation.Special;
import dev.sardonyx.runtime.kernel.machine.Operation.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which values of a formula share a register: a value takes the place of one that it is the last to
 * read, where its instruction allows that.
 */
final class FormulaRegisters {
  private final Formula formula;
  private final Set<Value> kept;
  private final int[] places;
  private final int[] lastUses;
  private int count;

  /**
   * Assigns registers.
   *
   * @param kept values in memory that have registers all the time
   */
  FormulaRegisters(Formula formula, Set<Value> kept) {
    this.formula = formula;
    this.kept = kept;
    int values = formula.values().size();
    places = new int[values];
    lastUses = new int[values];
    Arrays.fill(places, -1);
    for (Value value : formula.values()) {
      for (Value from : value.of()) {
        lastUses[from.index()] = value.index();
      }
    }
    for (Value result : formula.results()) {
      lastUses[result.index()] = values;
    }
    assign();
  }

  /** How many registers are needed. */
  int count() {
    return count;
  }

  /** Which of them holds a value. */
  int place(Value value) {
    return places[value.index()];
  }

  /** Whether a value is read from memory by each instruction. */
  boolean isInMemory(Value value) {
    return value.isInMemory() && !kept.contains(value);
  }

  /** Loops, since much code is written before anything is compiled. */
  private void assign() {
    var taken = new BitSet();
    for (Value value : formula.values()) {
      if (value.isInMemory() || value.operation() == Leaf.HELD) {
        continue;
      }
      int place = -1;
      for (Value from : value.of()) {
        if (ends(from, value) && mayReplace(value, from)) {
          place = place(from); // that of the last one: a summand before the factors
        }
      }
      place = place < 0 ? taken.nextClearBit(0) : place;
      for (Value from : value.of()) {
        if (ends(from, value)) {
          taken.clear(place(from));
        }
      }
      taken.set(place);
      places[value.index()] = place;
      count = Math.max(count, place + 1);
    }
  }

  /** Whether a value has a register that nobody reads any more. */
  private boolean ends(Value from, Value value) {
    return place(from) >= 0 && lastUses[from.index()] == value.index();
  }

  /** Whether a value may be made in the register of one of its operands. */
  private boolean mayReplace(Value value, Value from) {
    List<Value> of = value.of();
    boolean firstInMemory = isInMemory(of.getFirst());
    if (value.operation() instanceof Pair pair) {
      return pair.commutes() || !firstInMemory;
    }
    if (value.operation() instanceof Sum) {
      boolean secondInMemory = isInMemory(of.get(1));
      boolean both = firstInMemory && secondInMemory;
      return from.equals(of.get(2)) ? !both : !firstInMemory && !secondInMemory;
    }
    if (value.operation() instanceof Special special) {
      return switch (special) {
        case COPY -> true;
        case BITS -> from.equals(of.getFirst());
        case CHOICE -> !isInMemory(of.get(3)) || !from.equals(of.get(2));
      };
    }
    return true;
  }

  /** Values in memory, those first that gain most by a register. */
  static List<Value> inMemory(Formula formula) {
    int[] gains = new int[formula.values().size()];
    for (Value value : formula.values()) {
      for (int i = 0; i < value.of().size(); i++) {
        boolean loaded = i == 0 && value.operation() instanceof Pair pair && !pair.commutes();
        gains[value.of().get(i).index()] += loaded ? 3 : 1;
      }
    }
    List<Value> values = new ArrayList<>();
    for (Value value : formula.values()) {
      if (value.isInMemory() && gains[value.index()] > 0) {
        values.add(value);
      }
    }
    values.sort(Comparator.comparingInt(value -> -gains[value.index()]));
    return values;
  }
}
