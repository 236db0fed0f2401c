package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Mem;

/** Registers that hold a distance, three and five times it: up to six places behind a base. */
record Steps(Gp one, Gp three, Gp five) {

  /** Loads them. */
  void load(Assembler a, Mem distance) {
    a.mov(one, distance);
    a.lea(three, at(one, one, 2));
    a.lea(five, at(one, one, 4));
  }

  /** So many distances behind a base. */
  Mem from(Gp base, int count) {
    return switch (count) {
      case 0 -> at(base);
      case 1, 2, 4 -> at(base, one, count);
      case 3 -> at(base, three, 1);
      case 5 -> at(base, five, 1);
      case 6 -> at(base, three, 2);
      default -> throw new AssertionError(count);
    };
  }
}
