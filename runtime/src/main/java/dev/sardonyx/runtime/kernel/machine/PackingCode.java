package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;

/**
 * Writes the packing of a panel element by element: columns lie anywhere, rows a pitch apart or
 * anywhere as well. Columns that fill the panel up become zero.
 *
 * <p>Arguments: where element (0, 0) is, rows, the offsets of rows in bytes or their pitch,
 * columns, the offsets of columns in bytes, where to write, the bytes of a row of the panel.
 */
final class PackingCode {
  private static final Gp FROM = Gp.RSI;
  private static final Gp ROWS = Gp.RDX;
  private static final Gp ROW = Gp.RCX;
  private static final Gp COLUMNS = Gp.R8;
  private static final Gp OFFSETS = Gp.R9;
  private static final Gp TO = Gp.R10;
  private static final Gp WIDTH = Gp.R11;
  private static final Gp COLUMN = Gp.RAX;
  private static final Gp PLACE = Gp.RBX;
  private static final Gp SOURCE = Gp.R12;
  private static final Gp VALUE = Gp.R13;

  private PackingCode() {}

  /** The code. */
  static Assembler write(VectorLevel level, boolean rowsAnywhere) {
    var a = level.assembler();
    var row = new Label();
    var column = new Label();
    var filled = new Label();
    var fill = new Label();
    Frame.enter(a);
    Gp[] arguments = {FROM, ROWS, ROW, COLUMNS, OFFSETS, TO, WIDTH};
    for (int i = 0; i < arguments.length; i++) {
      a.mov(arguments[i], Frame.slot(i));
    }
    a.bind(row);
    a.mov(SOURCE, FROM);
    if (rowsAnywhere) {
      a.add(SOURCE, at(ROW));
      a.add(ROW, Long.BYTES);
    } else {
      a.add(FROM, ROW);
    }
    a.xor(COLUMN, COLUMN);
    a.bind(column);
    a.mov(PLACE, at(OFFSETS, COLUMN, Long.BYTES));
    a.movsxd(VALUE, at(SOURCE, PLACE, 1));
    a.movd(at(TO, COLUMN, Float.BYTES), VALUE);
    a.inc(COLUMN);
    a.cmp(COLUMN, COLUMNS);
    a.jump(Condition.LESS, column);
    a.lea(PLACE, at(TO, COLUMN, Float.BYTES));
    a.add(TO, WIDTH);
    a.xor(VALUE, VALUE);
    a.bind(fill);
    a.cmp(PLACE, TO);
    a.jump(Condition.NOT_BELOW, filled);
    a.movd(at(PLACE), VALUE);
    a.add(PLACE, Float.BYTES);
    a.jmp(fill);
    a.bind(filled);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    return a;
  }
}
