package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.GatedCell;
import dev.sardonyx.runtime.kernel.Kernels;

/** Tries a step of an LSTM, and one of a GRU. */
final class CellTrial extends OperationTrial {
  private final int panel;

  CellTrial(Kernels machine) {
    super(machine, "steps of LSTM and GRU");
    panel = machine.panelWidth();
  }

  @Override
  public int size() {
    return 2;
  }

  @Override
  public String name(int number) {
    return number == MachineCells.LSTM ? "LSTM" : "GRU";
  }

  @Override
  Problem problem(int number, int length, int variant) {
    boolean lstm = number == MachineCells.LSTM;
    int pitch = Math.ceilDiv(length, panel) * panel;
    int gates = (lstm ? 4 : 3) * pitch;
    return new Problem(
        new int[] {gates, gates, pitch, pitch},
        length,
        2,
        (kernels, in, y) -> {
          var cell = new GatedCell(length, pitch, in[0], in[1], in[2], in[3], y);
          if (lstm) {
            kernels.lstm(cell, 0, 0, 0);
          } else {
            kernels.gru(cell, 0, 0, 0);
          }
        });
  }
}
