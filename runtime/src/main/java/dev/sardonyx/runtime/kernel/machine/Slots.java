package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;

/**
 * Writes what is done with numbers in memory, and loops that they count.
 *
 * @param free a register that is changed
 */
record Slots(Assembler a, Gp free) {

  void copy(Mem to, Mem from) {
    a.mov(free, from);
    a.mov(to, free);
  }

  void add(Mem to, Mem step) {
    a.mov(free, to);
    a.add(free, step);
    a.mov(to, free);
  }

  void add(Mem to, int step) {
    a.mov(free, to);
    a.add(free, step);
    a.mov(to, free);
  }

  /** Jumps unless the number becomes 0. */
  void countDown(Mem slot, Label again) {
    a.mov(free, slot);
    a.dec(free);
    a.mov(slot, free);
    a.test(free, free);
    a.jump(Condition.NOT_ZERO, again);
  }

  /** Does something as often as a number says; the counter is not changed by that. */
  void repeat(Mem count, Gp counter, Runnable body) {
    var again = new Label();
    var none = new Label();
    a.mov(counter, count);
    a.test(counter, counter);
    a.jump(Condition.ZERO, none);
    a.bind(again);
    body.run();
    a.dec(counter);
    a.jump(Condition.NOT_ZERO, again);
    a.bind(none);
  }
}
