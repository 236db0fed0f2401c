package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Steps of an LSTM and a GRU on float64. */
final class DoubleCells {

  private DoubleCells() {}

  static void lstm(GatedCell cell, int sample, long inputRow, long yRow) {
    int n = cell.pitch();
    MemorySegment products = cell.products();
    MemorySegment inputs = cell.inputs();
    long product = sample * 4L * n;
    long input = inputRow * 4 * n;
    long state = (long) sample * n;
    for (int i = 0; i < n; i++) {
      double in = sigmoid(sum(products, product + i, inputs, input + i));
      double out = sigmoid(sum(products, product + n + i, inputs, input + n + i));
      long at = 2L * n + i;
      double forget = sigmoid(sum(products, product + at, inputs, input + at));
      at += n;
      double candidate = Math.tanh(sum(products, product + at, inputs, input + at));
      double next = forget * Doubles.get(cell.cell(), state + i) + in * candidate;
      Doubles.set(cell.cell(), state + i, next);
      Doubles.set(cell.hidden(), state + i, out * Math.tanh(next));
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
      double update = sigmoid(sum(products, product + i, inputs, input + i));
      double reset = sigmoid(sum(products, product + n + i, inputs, input + n + i));
      long at = 2L * n + i;
      double own = Doubles.get(products, product + at);
      double candidate = Math.tanh(reset * own + Doubles.get(inputs, input + at));
      double before = Doubles.get(cell.hidden(), state + i);
      Doubles.set(cell.hidden(), state + i, update * (before - candidate) + candidate);
    }
    leave(cell, state, yRow);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double sum(MemorySegment a, long aAt, MemorySegment b, long bAt) {
    return Doubles.get(a, aAt) + Doubles.get(b, bAt);
  }

  private static void leave(GatedCell cell, long state, long yRow) {
    MemorySegment y = cell.y();
    if (y != null) {
      for (int i = 0; i < cell.size(); i++) {
        Doubles.set(y, yRow * cell.size() + i, Doubles.get(cell.hidden(), state + i));
      }
    }
  }
}
