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

/**
 * Writes what happens to the sums of a tile: {@code C = ending(sums * scales + residual + bias)}.
 * zmm28 to zmm31 are free by then.
 */
final class ProductEnding {
  private static final Vec ZERO = zmm(31);
  private static final Vec HIGH = zmm(30);
  private static final Vec LOADED = zmm(29);

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
   * Finishes a tile and leaves in a register where C goes on.
   *
   * @param groups counts down the groups of panels
   * @param bias a register that is free, as is the last
   */
  void finish(int height, Gp c, Gp groups, Gp bias, Gp residual) {
    var partial = new Label();
    var end = new Label();
    switch (shape.ending()) {
      case NONE -> {}
      case RELU -> a.vpxord(ZERO, ZERO, ZERO);
      case CLIP -> {
        a.vbroadcastss(ZERO, Slot.LOW.memory());
        a.vbroadcastss(HIGH, Slot.HIGH.memory());
      }
    }
    a.mov(c, Slot.TILE_C.memory());
    if (shape.residual()) {
      a.mov(residual, Slot.RESIDUAL.memory());
    }
    a.cmp(groups, 1);
    a.jump(Condition.ZERO, partial);
    rows(height, c, bias, residual, false);
    a.jmp(end);
    a.bind(partial);
    rows(height, c, bias, residual, true);
    a.bind(end);
  }

  private void rows(int height, Gp c, Gp bias, Gp residual, boolean partial) {
    int vectors = 2 * shape.together();
    for (int row = 0; row < height; row++) {
      for (int i = 0; i < vectors; i++) {
        int mask = partial && i >= vectors - 2 ? 1 + i % 2 : 0;
        Vec sum = zmm(row * vectors + i);
        int offset = i * sum.bytes();
        if (scaled) {
          a.mov(bias, Slot.SCALES.memory());
          a.vmulps(sum, sum, at(bias, offset)); // there is one for each column of each panel
        }
        if (shape.residual()) {
          add(sum, at(c, residual, 1, offset), mask);
        }
        if (shape.bias()) {
          a.mov(bias, Slot.BIAS.memory());
          add(sum, at(bias, offset), mask);
        }
        end(sum);
        a.vmovups(mask == 0 ? at(c, offset) : at(c, offset).masked(k(mask)), sum);
      }
      a.add(c, Gp.RBX);
    }
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
