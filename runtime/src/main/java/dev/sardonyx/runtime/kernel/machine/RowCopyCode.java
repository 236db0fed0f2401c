package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes a copy of rows of floats from one pitch to another. Arguments: where to read, its pitch,
 * where to write, its pitch, rows, whole vectors of a row, the lanes of the rest.
 */
final class RowCopyCode {
  private RowCopyCode() {}

  static Assembler write(VectorLevel vectors) {
    var a = vectors.assembler();
    Vec part = vectors.register(0);
    var row = new Label();
    var vector = new Label();
    var rest = new Label();
    Frame.enter(a);
    a.mov(Gp.RSI, Frame.slot(0));
    a.mov(Gp.RDX, Frame.slot(1));
    a.mov(Gp.RCX, Frame.slot(2));
    a.mov(Gp.R8, Frame.slot(3));
    a.mov(Gp.R9, Frame.slot(4));
    a.mov(Gp.R10, Frame.slot(5));
    vectors.beginLanes(a, Frame.slot(6), 1, Gp.RAX);
    a.bind(row);
    a.mov(Gp.RBX, Gp.RSI);
    a.mov(Gp.R12, Gp.RCX);
    a.mov(Gp.R11, Gp.R10);
    a.test(Gp.R11, Gp.R11);
    a.jump(Condition.ZERO, rest);
    a.bind(vector);
    a.vmovups(part, at(Gp.RBX));
    a.vmovups(at(Gp.R12), part);
    a.add(Gp.RBX, part.bytes());
    a.add(Gp.R12, part.bytes());
    a.dec(Gp.R11);
    a.jump(Condition.NOT_ZERO, vector);
    a.bind(rest);
    vectors.useLanes(a, Frame.slot(6), 0, Gp.RAX);
    vectors.load(a, part, at(Gp.RBX), 0);
    vectors.store(a, at(Gp.R12), part, 0);
    a.add(Gp.RSI, Gp.RDX);
    a.add(Gp.RCX, Gp.R8);
    a.dec(Gp.R9);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    return a;
  }
}
