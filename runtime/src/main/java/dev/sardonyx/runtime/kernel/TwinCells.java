package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** {@link VectorCells} element by element, with the same bits; see {@link TwinCurves}. */
final class TwinCells {

  private TwinCells() {}

  static void lstm(GatedCell cell, int sample, long inputRow, long yRow) {
    int n = cell.pitch();
    MemorySegment products = cell.products();
    MemorySegment inputs = cell.inputs();
    long product = sample * 4L * n;
    long input = inputRow * 4 * n;
    long state = (long) sample * n;
    for (int i = 0; i < n; i++) {
      float in = TwinSigmoid.sigmoid(sum(products, product + i, inputs, input + i));
      float out = TwinSigmoid.sigmoid(sum(products, product + n + i, inputs, input + n + i));
      long at = 2L * n + i;
      float forget = TwinSigmoid.sigmoid(sum(products, product + at, inputs, input + at));
      at += n;
      float candidate = TwinSigmoid.tanh(sum(products, product + at, inputs, input + at));
      float next = Math.fma(forget, Floats.get(cell.cell(), state + i), in * candidate);
      Floats.set(cell.cell(), state + i, next);
      Floats.set(cell.hidden(), state + i, out * TwinSigmoid.tanh(next));
    }
    leave(cell, state, yRow);
  }

  static void gru(GatedCell cell, int sample, long inputRow, long yRow) {
    int n = cell.pitch();
    MemorySegment products = cell.products();
    MemorySegment inputs = cell.inputs();
    long product = sample * 3L * n;
    long input = inputRow * 3 * n;
    long state = (long) sample * n;
    for (int i = 0; i < n; i++) {
      float update = TwinSigmoid.sigmoid(sum(products, product + i, inputs, input + i));
      float reset = TwinSigmoid.sigmoid(sum(products, product + n + i, inputs, input + n + i));
      long at = 2L * n + i;
      float own = Floats.get(products, product + at);
      float candidate = TwinSigmoid.tanh(Math.fma(reset, own, Floats.get(inputs, input + at)));
      float before = Floats.get(cell.hidden(), state + i);
      Floats.set(cell.hidden(), state + i, Math.fma(update, before - candidate, candidate));
    }
    leave(cell, state, yRow);
  }

  private static float sum(MemorySegment a, long aAt, MemorySegment b, long bAt) {
    return Floats.get(a, aAt) + Floats.get(b, bAt);
  }

  private static void leave(GatedCell cell, long state, long yRow) {
    MemorySegment y = cell.y();
    if (y != null) {
      for (int i = 0; i < cell.size(); i++) {
        Floats.set(y, yRow * cell.size() + i, Floats.get(cell.hidden(), state + i));
      }
    }
  }
}
