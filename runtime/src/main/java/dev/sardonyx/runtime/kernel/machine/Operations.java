package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.Operation.Pair;
import dev.sardonyx.runtime.kernel.machine.Operation.Single;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** The instructions that a level has for the operations of a {@link Formula}. */
sealed interface Operations permits LongOperations, ShortOperations {
  /** A number of the pool, by its bits, as the last operand of the next instruction. */
  Source constant(int bits);

  /** A float in memory likewise, for all lanes. */
  Source single(Mem memory);

  /** to = operation(from). */
  void write(Single operation, Vec to, Source from, int constant);

  /** to = operation(x, y), where both may be in the register of the result. */
  void write(Pair operation, Vec to, Vec x, Source y);

  /** Replaces the bits for which there are ones in a third operand. */
  void select(Vec to, Vec by, Source where);

  /**
   * Compares; what is chosen comes next.
   *
   * @param copy of which there may be four before they are chosen
   */
  void compare(int copy, Vec x, Source y, int predicate);

  /** Where the comparison holds the first, else the other, which may be in the result's place. */
  void choose(int copy, Vec to, Source holds, Vec other);
}
