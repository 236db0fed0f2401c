package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

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
 * zmm28 to zmm31 are free by then.
 */
final class ProductEnding {
  private static final Vec ZERO = zmm(31);
  private static final Vec HIGH = zmm(30);
  private static final Vec LOADED = zmm(29);

  /** Where totals begin: few rows have at most twelve sums. */
  private static final int TOTALS = 12;

  /** The bits of -0, which added to any number leaves it. */
  private static final int MINUS_ZERO = 0x8000_0000;

  private final Assembler a;
  private final ProductShape shape;
  private final boolean scaled;

  ProductEnding(Assembler a, ProductShape shape) {
    this.a = a;
    this.shape = shape;
    this.scaled = shape.storage() == WeightStorage.INT8;
  }

  /** Makes a distance of the residual's address, and masks of the last columns. */
  void begin() {
    if (shape.residual()) {
      a.mov(Gp.R11, Slot.RESIDUAL.memory());
      a.sub(Gp.R11, Slot.C.memory());
      a.mov(Slot.RESIDUAL.memory(), Gp.R11);
    }
    a.mov(Gp.R11, Slot.LAST_COLUMNS.memory());
    a.kmovw(k(1), Gp.R11);
    a.shr(Gp.R11, 16);
    a.kmovw(k(2), Gp.R11);
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
        partial -> {
          for (int row = 0; row < height; row++) {
            for (int i = 0; i < vectors(); i++) {
              Vec sum = sum(row, i);
              scale(sum, i, free);
              if (shape.residual()) {
                add(sum, at(c, residual, 1, offset(i)), mask(i, partial));
              }
              store(sum, i, c, free, mask(i, partial));
            }
            a.add(c, Gp.RBX);
          }
        });
  }

  /** Begins sums over several blocks of k with the residual, or with what changes no sum. */
  void beginTotals(int height, Gp c, Gp groups, Gp free, Gp residual) {
    if (!shape.residual()) {
      a.mov(free, MINUS_ZERO);
      a.vpbroadcastd(total(0, 0), free);
      for (int i = 1; i < height * vectors(); i++) {
        a.vmovaps(total(0, i), total(0, 0));
      }
      return;
    }
    a.mov(c, Slot.TILE_C.memory());
    a.mov(residual, Slot.RESIDUAL.memory());
    whereFull(
        groups,
        partial -> {
          for (int row = 0; row < height; row++) {
            for (int i = 0; i < vectors(); i++) {
              int mask = mask(i, partial);
              Vec to = mask == 0 ? total(row, i) : total(row, i).zeroed(k(mask));
              a.vmovups(to, at(c, residual, 1, offset(i)));
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
    constants();
    a.mov(c, Slot.TILE_C.memory());
    whereFull(
        groups,
        partial -> {
          for (int row = 0; row < height; row++) {
            for (int i = 0; i < vectors(); i++) {
              store(total(row, i), i, c, free, mask(i, partial));
            }
            a.add(c, Gp.RBX);
          }
        });
  }

  private int vectors() {
    return 2 * shape.together();
  }

  private Vec sum(int row, int vector) {
    return zmm(row * vectors() + vector);
  }

  /** Sums of all blocks of k so far: as many as there are sums, behind the most of those. */
  private Vec total(int row, int vector) {
    return zmm(TOTALS + row * vectors() + vector);
  }

  private static int offset(int vector) {
    return vector * zmm(0).bytes();
  }

  /** The mask register of a vector in a group: 0 where it is written as a whole. */
  private int mask(int vector, boolean partial) {
    return partial && vector >= vectors() - 2 ? 1 + vector % 2 : 0;
  }

  private void constants() {
    switch (shape.ending()) {
      case NONE -> {}
      case RELU -> a.vpxord(ZERO, ZERO, ZERO);
      case CLIP -> {
        a.vbroadcastss(ZERO, Slot.LOW.memory());
        a.vbroadcastss(HIGH, Slot.HIGH.memory());
      }
    }
  }

  /** Writes something twice: for whole panels, and for the last group, whose columns may end. */
  private void whereFull(Gp groups, Consumer<Boolean> writer) {
    var partial = new Label();
    var end = new Label();
    a.cmp(groups, 1);
    a.jump(Condition.ZERO, partial);
    writer.accept(false);
    a.jmp(end);
    a.bind(partial);
    writer.accept(true);
    a.bind(end);
  }

  private void scale(Vec sum, int vector, Gp free) {
    if (scaled) {
      a.mov(free, Slot.SCALES.memory());
      a.vmulps(sum, sum, at(free, offset(vector))); // there is one for each column of each panel
    }
  }

  private void store(Vec sum, int vector, Gp c, Gp free, int mask) {
    if (shape.bias()) {
      a.mov(free, Slot.BIAS.memory());
      add(sum, at(free, offset(vector)), mask);
    }
    end(sum);
    Mem to = at(c, offset(vector));
    a.vmovups(mask == 0 ? to : to.masked(k(mask)), sum);
  }

  private void add(Vec sum, Mem from, int mask) {
    if (mask == 0) {
      a.vaddps(sum, sum, from);
    } else {
      a.vmovups(LOADED.zeroed(k(mask)), from);
      a.vaddps(sum, sum, LOADED);
    }
  }

  private void end(Vec sum) {
    switch (shape.ending()) {
      case NONE -> {}
      case RELU -> {
        a.vcmpps(k(3), sum, ZERO, 6); // larger, or NaN
        a.vmovaps(sum.zeroed(k(3)), sum);
      }
      case CLIP -> {
        a.vcmpps(k(3), sum, ZERO, 2); // not larger
        a.vmovaps(sum.masked(k(3)), ZERO);
        a.vcmpps(k(3), sum, HIGH, 13); // not smaller
        a.vmovaps(sum.masked(k(3)), HIGH);
      }
    }
  }
}
