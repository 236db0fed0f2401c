package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.machine.ProductCode.Slot;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.util.function.Consumer;

/**
 * Writes what happens to the sums of a tile: {@code C = ending(sums * scales + residual + bias)}.
 * The spare registers are free by then.
 */
final class ProductEnding {
  /** Where totals begin: few rows have at most twelve sums. */
  private static final int TOTALS = 12;

  /** The bits of -0, which added to any number leaves it. */
  private static final int MINUS_ZERO = 0x8000_0000;

  private final Assembler a;
  private final ProductShape shape;
  private final VectorLevel level;
  private final boolean scaled;
  private final Vec low;
  private final Vec high;
  private final Vec loaded;

  ProductEnding(Assembler a, ProductShape shape, VectorLevel level) {
    this.a = a;
    this.shape = shape;
    this.level = level;
    this.low = level.spare(3);
    this.high = level.spare(2);
    this.loaded = level.spare(1);
    this.scaled = shape.storage() == WeightStorage.INT8;
  }

  /** Makes a distance of the residual's address, and masks of the last columns. */
  void begin() {
    if (shape.residual()) {
      a.mov(Gp.R11, Slot.RESIDUAL.memory());
      a.sub(Gp.R11, Slot.C.memory());
      a.mov(Slot.RESIDUAL.memory(), Gp.R11);
    }
    level.beginLanes(a, Slot.LAST_COLUMNS.memory(), 2, Gp.R11);
  }

  /** On to the next group of panels. */
  void next(int bytes) {
    if (shape.bias()) {
      step(Slot.BIAS, bytes);
    }
    if (scaled) {
      step(Slot.SCALES, bytes);
    }
  }

  private void step(Slot slot, int bytes) {
    a.mov(Gp.R11, slot.memory());
    a.add(Gp.R11, bytes);
    a.mov(slot.memory(), Gp.R11);
  }

  /**
   * Finishes the sums of a tile and leaves in a register where C goes on.
   *
   * @param groups counts down the groups of panels
   * @param free a register that is free, as is the last
   */
  void finish(int height, Gp c, Gp groups, Gp free, Gp residual) {
    constants();
    a.mov(c, Slot.TILE_C.memory());
    if (shape.residual()) {
      a.mov(residual, Slot.RESIDUAL.memory());
    }
    whereFull(
        groups,
        free,
        partial -> {
          for (int row = 0; row < height; row++) {
            for (int i = 0; i < vectors(); i++) {
              Vec sum = sum(row, i);
              scale(sum, i, free);
              boolean ends = ends(i, partial, free);
              if (shape.residual()) {
                add(sum, at(c, residual, 1, offset(i)), i, ends);
              }
              store(sum, i, c, free, ends);
            }
            a.add(c, Gp.RBX);
          }
        });
  }

  /** Begins sums over several blocks of k with the residual, or with what changes no sum. */
  void beginTotals(int height, Gp c, Gp groups, Gp free, Gp residual) {
    begin(TOTALS, height, c, groups, free, residual);
  }

  /** The same where sums are. */
  void beginSums(int height, Gp c, Gp groups, Gp free, Gp residual) {
    begin(0, height, c, groups, free, residual);
  }

  private void begin(int first, int height, Gp c, Gp groups, Gp free, Gp residual) {
    if (!shape.residual()) {
      a.mov(free, MINUS_ZERO);
      a.mov(Slot.NEUTRAL.memory(), free);
      a.vbroadcastss(level.register(first), Slot.NEUTRAL.memory());
      for (int i = 1; i < height * vectors(); i++) {
        a.vmovaps(level.register(first + i), level.register(first));
      }
      return;
    }
    a.mov(c, Slot.TILE_C.memory());
    a.mov(residual, Slot.RESIDUAL.memory());
    whereFull(
        groups,
        free,
        partial -> {
          for (int row = 0; row < height; row++) {
            for (int i = 0; i < vectors(); i++) {
              Vec to = level.register(first + row * vectors() + i);
              load(to, at(c, residual, 1, offset(i)), i, ends(i, partial, free));
            }
            a.add(c, Gp.RBX);
          }
        });
  }

  /** Adds the sums of a block of k. */
  void addToTotals(int height, Gp free) {
    for (int row = 0; row < height; row++) {
      for (int i = 0; i < vectors(); i++) {
        Vec sum = sum(row, i);
        scale(sum, i, free);
        a.vaddps(total(row, i), total(row, i), sum);
      }
    }
  }

  /** Finishes sums over all blocks, likewise. */
  void finishTotals(int height, Gp c, Gp groups, Gp free) {
    finish(TOTALS, height, c, groups, free);
  }

  /** The same where sums are. */
  void finishSums(int height, Gp c, Gp groups, Gp free) {
    finish(0, height, c, groups, free);
  }

  private void finish(int first, int height, Gp c, Gp groups, Gp free) {
    constants();
    a.mov(c, Slot.TILE_C.memory());
    whereFull(
        groups,
        free,
        partial -> {
          for (int row = 0; row < height; row++) {
            for (int i = 0; i < vectors(); i++) {
              Vec sum = level.register(first + row * vectors() + i);
              store(sum, i, c, free, ends(i, partial, free));
            }
            a.add(c, Gp.RBX);
          }
        });
  }

  private int vectors() {
    return 2 * shape.together();
  }

  private Vec sum(int row, int vector) {
    return level.register(row * vectors() + vector);
  }

  /** Sums of all blocks of k so far: as many as there are sums, behind the most of those. */
  private Vec total(int row, int vector) {
    return level.register(TOTALS + row * vectors() + vector);
  }

  private int offset(int vector) {
    return vector * level.lanes() * Float.BYTES;
  }

  /** Whether the columns may end within a vector of a group, whose mask is ready then. */
  private boolean ends(int vector, boolean partial, Gp free) {
    boolean ends = partial && vector >= vectors() - 2;
    if (ends) {
      level.useLanes(a, Slot.LAST_COLUMNS.memory(), vector % 2, free);
    }
    return ends;
  }

  private void constants() {
    switch (shape.ending()) {
      case NONE -> {}
      case RELU -> level.clear(a, low);
      case CLIP -> {
        a.vbroadcastss(low, Slot.LOW.memory());
        a.vbroadcastss(high, Slot.HIGH.memory());
      }
    }
  }

  /** Writes something twice: for whole panels, and for the last group, whose columns may end. */
  private void whereFull(Gp groups, Gp free, Consumer<Boolean> writer) {
    var whole = new Label();
    var partial = new Label();
    var end = new Label();
    a.cmp(groups, 1);
    a.jump(Condition.ZERO, partial);
    a.bind(whole);
    writer.accept(false);
    a.jmp(end);
    a.bind(partial);
    level.jumpIfWhole(a, Slot.LAST_COLUMNS.memory(), free, whole);
    writer.accept(true);
    a.bind(end);
  }

  private void scale(Vec sum, int vector, Gp free) {
    if (scaled) {
      a.mov(free, Slot.SCALES.memory());
      a.vmulps(sum, sum, at(free, offset(vector))); // there is one for each column of each panel
    }
  }

  private void store(Vec sum, int vector, Gp c, Gp free, boolean ends) {
    if (shape.bias()) {
      a.mov(free, Slot.BIAS.memory());
      add(sum, at(free, offset(vector)), vector, ends);
    }
    end(sum);
    Mem to = at(c, offset(vector));
    if (ends) {
      level.store(a, to, sum, vector % 2);
    } else {
      a.vmovups(to, sum);
    }
  }

  private void load(Vec to, Mem from, int vector, boolean ends) {
    if (ends) {
      level.load(a, to, from, vector % 2);
    } else {
      a.vmovups(to, from);
    }
  }

  private void add(Vec sum, Mem from, int vector, boolean ends) {
    if (ends) {
      level.load(a, loaded, from, vector % 2);
    }
    a.vaddps(sum, sum, ends ? loaded : from);
  }

  private void end(Vec sum) {
    switch (shape.ending()) {
      case NONE -> {}
      case RELU -> level.keepWhere(a, sum, low, 6); // larger, or NaN
      case CLIP -> {
        level.replaceWhere(a, sum, low, 2); // not larger
        level.replaceWhere(a, sum, high, 13); // not smaller
      }
    }
  }
}
