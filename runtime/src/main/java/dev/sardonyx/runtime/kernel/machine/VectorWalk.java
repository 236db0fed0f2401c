package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.util.function.IntConsumer;

/**
 * Writes a loop over elements: some vectors at once, then one after the other; the last one may be
 * a part, of which no lane beyond the end is read or written.
 *
 * @param count holds the elements, afterwards the lanes beyond the end, below 0
 * @param free is not changed by what is done with vectors
 */
record VectorWalk(Assembler a, VectorLevel level, ConstantPool pool, Gp count, Gp free) {

  /** What is done with some vectors; they are whole, but a single one may be a part. */
  @FunctionalInterface
  interface Step {
    void write(int vectors, boolean part);
  }

  /**
   * Writes it.
   *
   * @param copies vectors at once
   * @param forward moves pointers on by so many vectors
   */
  void write(int copies, Step step, IntConsumer forward) {
    var rest = new Label();
    var end = new Label();
    several(copies, step, forward, rest);
    a.bind(rest);
    a.add(count, copies * level.lanes());
    a.jump(Condition.ZERO, end);
    if (level.partsAreApart()) {
      var part = new Label();
      if (copies > 1) {
        several(1, step, forward, part);
        a.bind(part);
        a.add(count, level.lanes());
        a.jump(Condition.ZERO, end);
      }
      last(step, forward);
    } else {
      var one = new Label();
      a.bind(one);
      last(step, forward);
      a.jump(Condition.GREATER, one);
    }
    a.bind(end);
  }

  /** Leaves the count below 0, by how many elements are missing. */
  private void several(int vectors, Step step, IntConsumer forward, Label rest) {
    var again = new Label();
    a.sub(count, vectors * level.lanes());
    a.jump(Condition.LESS, rest);
    a.bind(again);
    step.write(vectors, false);
    forward.accept(vectors);
    a.sub(count, vectors * level.lanes());
    a.jump(Condition.NOT_LESS, again);
  }

  private void last(Step step, IntConsumer forward) {
    level.beginPart(a, count, free);
    step.write(1, true);
    forward.accept(1);
    a.sub(count, level.lanes());
  }

  /** Loads a vector; lanes beyond the end become zero. */
  void load(Vec to, Mem from, boolean part) {
    if (part) {
      level.loadPart(a, pool, free, to, from);
    } else {
      a.vmovups(to, from);
    }
  }

  /** Loads a vector; lanes beyond the end come from another register. */
  void load(Vec to, Mem from, boolean part, Vec other) {
    if (part) {
      level.loadPart(a, pool, free, to, from, other);
    } else {
      a.vmovups(to, from);
    }
  }

  /** Makes lanes beyond the end zero. */
  void keep(Vec vector, boolean part) {
    if (part) {
      level.keepPart(a, pool, free, vector);
    }
  }

  /** Stores a vector. */
  void store(Mem to, Vec from, boolean part) {
    if (part) {
      level.storePart(a, pool, free, to, from);
    } else {
      a.vmovups(to, from);
    }
  }
}
