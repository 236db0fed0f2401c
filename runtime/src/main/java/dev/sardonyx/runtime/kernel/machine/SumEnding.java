package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the end of sums that have their bias: {@code activation(sum + residual)}. Takes the spare
 * registers but for the first; bounds stay in the last two where there are registers for that.
 */
final class SumEnding {
  private static final int NOT_GREATER = 2;
  private static final int NOT_LESS = 13;

  private final Assembler a;
  private final VectorLevel level;
  private final Ending ending;
  private final Mem low;
  private final Mem high;
  private final Vec loaded;

  SumEnding(Assembler a, VectorLevel level, Ending ending, Mem low, Mem high) {
    this.a = a;
    this.level = level;
    this.ending = ending;
    this.low = low;
    this.high = high;
    this.loaded = level.spare(1);
  }

  private boolean keepsBounds() {
    return level.registers() > 16;
  }

  /** Loads the bounds, if they stay in registers. */
  void begin() {
    if (keepsBounds() && ending == Ending.RELU) {
      level.clear(a, level.spare(3));
    } else if (keepsBounds() && ending == Ending.CLIP) {
      a.vbroadcastss(level.spare(3), low);
      a.vbroadcastss(level.spare(2), high);
    }
  }

  private Vec low() {
    if (keepsBounds()) {
      return level.spare(3);
    }
    Vec bound = level.spare(2);
    if (ending == Ending.RELU) {
      level.clear(a, bound);
    } else {
      a.vbroadcastss(bound, low);
    }
    return bound;
  }

  private Vec high() {
    if (!keepsBounds()) {
      a.vbroadcastss(level.spare(2), high);
    }
    return level.spare(2);
  }

  /** Adds what is at a place to one of two vectors, which may be a part. */
  void add(Vec sum, Mem residual, boolean part, int vector) {
    if (part) {
      level.load(a, loaded, residual, vector);
      a.vaddps(sum, sum, loaded);
    } else {
      a.vaddps(sum, sum, residual);
    }
  }

  /** The activation, and the store of one of two vectors, which may be a part. */
  void store(Vec sum, Mem to, boolean part, int vector) {
    switch (ending) {
      case NONE -> {}
      case RELU -> level.replaceWhere(a, sum, low(), NOT_GREATER);
      case CLIP -> {
        level.replaceWhere(a, sum, low(), NOT_GREATER);
        level.replaceWhere(a, sum, high(), NOT_LESS);
      }
    }
    if (part) {
      level.store(a, to, sum, vector);
    } else {
      a.vmovups(to, sum);
    }
  }
}
