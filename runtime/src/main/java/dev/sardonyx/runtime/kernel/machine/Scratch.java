package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Mem;

/**
 * Vectors on the stack, as lines of columns, for what registers do not suffice.
 *
 * @param lines of which there are, 0 for no vectors at all
 * @param bytes of a vector
 * @param stack a variable that keeps where the stack was
 */
record Scratch(Assembler a, int lines, int columns, int bytes, Mem stack) {
  /** What a line of the cache has. */
  private static final int ALIGNMENT = 64;

  /** Behind what is pushed. */
  void enter() {
    if (lines > 0) {
      a.mov(stack, Gp.RSP);
      a.sub(Gp.RSP, lines * columns * bytes);
      a.and(Gp.RSP, -ALIGNMENT);
    }
  }

  /** Before what was pushed is popped. */
  void leave() {
    if (lines > 0) {
      a.mov(Gp.RSP, stack);
    }
  }

  /** A vector. */
  Mem of(int line, int column) {
    return at(Gp.RSP, (line * columns + column) * bytes);
  }
}
