package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Mask;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the end of sums that have their bias: {@code activation(sum + residual)}, stored under k1
 * or another mask. Takes zmm29 to zmm31 and k3.
 */
final class SumEnding {
  private static final Vec LOW = zmm(31);
  private static final Vec HIGH = zmm(30);
  private static final Vec LOADED = zmm(29);

  private final Assembler a;
  private final Ending ending;

  SumEnding(Assembler a, Ending ending) {
    this.a = a;
    this.ending = ending;
  }

  /** Loads the bounds. */
  void begin(Mem low, Mem high) {
    switch (ending) {
      case NONE -> {}
      case RELU -> a.vpxord(LOW, LOW, LOW);
      case CLIP -> {
        a.vbroadcastss(LOW, low);
        a.vbroadcastss(HIGH, high);
      }
    }
  }

  /** Adds what is at a place. */
  void add(Vec sum, Mem residual) {
    add(sum, residual, k(1));
  }

  /** The same under another mask. */
  void add(Vec sum, Mem residual, Mask lanes) {
    a.vmovups(LOADED.zeroed(lanes), residual);
    a.vaddps(sum, sum, LOADED);
  }

  /** The activation, and the store. */
  void store(Vec sum, Mem to) {
    store(sum, to, k(1));
  }

  /** The same under another mask. */
  void store(Vec sum, Mem to, Mask lanes) {
    switch (ending) {
      case NONE -> {}
      case RELU -> {
        a.vcmpps(k(3), sum, LOW, 6); // larger, or NaN
        a.vmovaps(sum.zeroed(k(3)), sum);
      }
      case CLIP -> {
        a.vcmpps(k(3), sum, LOW, 2); // not larger
        a.vmovaps(sum.masked(k(3)), LOW);
        a.vcmpps(k(3), sum, HIGH, 13); // not smaller
        a.vmovaps(sum.masked(k(3)), HIGH);
      }
    }
    a.vmovups(to.masked(lanes), sum);
  }
}
