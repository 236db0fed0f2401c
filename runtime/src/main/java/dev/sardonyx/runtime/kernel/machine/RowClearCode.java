package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes {@code Kernels.clearRows}. Arguments: rows, their elements, where they are, a flag of
 * eight bytes for each: rows whose flag is not zero become zeros.
 */
final class RowClearCode {
  private static final Gp ROWS = Gp.RBX;
  private static final Gp ELEMENTS = Gp.RDX;
  private static final Gp ROW = Gp.RSI;
  private static final Gp FLAG = Gp.R8;
  private static final Gp TO = Gp.R9;
  private static final Gp LEFT = Gp.RCX;
  private static final Gp POOL = Gp.R10;
  private static final Gp FREE = Gp.R11;

  private RowClearCode() {}

  static Assembler write(VectorLevel level) {
    Assembler a = level.assembler();
    var pool = new ConstantPool(level, POOL);
    var walk = new VectorWalk(a, level, pool, LEFT, FREE);
    Vec zero = level.register(0);
    var row = new Label();
    var kept = new Label();
    Frame.enter(a);
    pool.begin(a);
    a.mov(ROWS, Frame.slot(0));
    a.mov(ELEMENTS, Frame.slot(1));
    a.mov(ROW, Frame.slot(2));
    a.mov(FLAG, Frame.slot(3));
    level.clear(a, zero);
    a.bind(row);
    a.mov(FREE, at(FLAG));
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, kept);
    a.mov(TO, ROW);
    a.mov(LEFT, ELEMENTS);
    walk.write(1, (_, part) -> walk.store(at(TO), zero, part), _ -> a.add(TO, level.bytes()));
    a.bind(kept);
    a.lea(ROW, at(ROW, ELEMENTS, Float.BYTES));
    a.add(FLAG, Long.BYTES);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    pool.end(a);
    return a;
  }
}
