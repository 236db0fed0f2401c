package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.GatedCell;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;

/** Steps of an LSTM and a GRU. */
final class MachineCells {
  static final int LSTM = 0;
  static final int GRU = 1;
  private final CodeLibrary library;
  private final CodeTable codes;
  private final int panel;

  MachineCells(CodeLibrary library, VectorLevel level) {
    this.library = library;
    this.panel = level.panelWidth();
    codes =
        library.table(
            2,
            number ->
                MachineCode.install(
                    number == LSTM ? "LSTM" : "GRU", CellCode.write(level, number == LSTM)));
  }

  /** Whether all memory is off the heap, and gates are whole panels. */
  boolean takes(GatedCell cell, boolean lstm) {
    MemorySegment y = cell.y();
    return cell.pitch() % panel == 0
        && cell.pitch() > 0
        && cell.products().isNative()
        && cell.inputs().isNative()
        && cell.hidden().isNative()
        && (!lstm || cell.cell().isNative())
        && (y == null || y.isNative());
  }

  void lstm(GatedCell cell, int sample, long inputRow, long yRow) {
    run(LSTM, 4, cell, sample, inputRow, yRow);
  }

  void gru(GatedCell cell, int sample, long inputRow, long yRow) {
    run(GRU, 3, cell, sample, inputRow, yRow);
  }

  private void run(int code, int gates, GatedCell cell, int sample, long inputRow, long yRow) {
    long gate = (long) cell.pitch() * Float.BYTES;
    MemorySegment y = cell.y();
    Arguments arguments =
        library
            .arguments()
            .number(cell.pitch() / panel)
            .number(gate)
            .reads(cell.products(), sample * gates * gate, gates * gate)
            .reads(cell.inputs(), inputRow * gates * gate, gates * gate)
            .writes(cell.hidden(), sample * gate, gate);
    if (code == LSTM) {
      arguments.writes(cell.cell(), sample * gate, gate);
    } else {
      arguments.nothing();
    }
    if (y == null) {
      arguments.nothing().number(0);
    } else {
      long bytes = (long) cell.size() * Float.BYTES;
      arguments.writes(y, yRow * bytes, bytes).number(cell.size());
    }
    arguments.call(codes.get(code));
  }
}
