package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Steps of an LSTM and a GRU in lanes: a loop for each curve, since C2 boxes vectors in a method
 * with many more operations. Rows are whole panels, so that there is no partial vector but in y.
 */
final class VectorCells {

  private VectorCells() {}

  static void lstm(GatedCell cell, int sample, long inputRow, long yRow) {
    int n = cell.pitch();
    MemorySegment products = cell.products();
    long product = sample * 4L * n;
    long input = inputRow * 4 * n;
    long state = (long) sample * n;
    sigmoids(3 * n, products, product, cell.inputs(), input);
    remember(n, products, product, cell.inputs(), input + 3L * n, cell.cell(), state);
    reveal(n, products, product + n, cell.cell(), state, cell.hidden());
    leave(cell, state, yRow);
  }

  static void gru(GatedCell cell, int sample, long inputRow, long yRow) {
    int n = cell.pitch();
    MemorySegment products = cell.products();
    long product = sample * 3L * n;
    long input = inputRow * 3 * n;
    long state = (long) sample * n;
    sigmoids(2 * n, products, product, cell.inputs(), input);
    mix(n, products, product, cell.inputs(), input + 2L * n, cell.hidden(), state);
    leave(cell, state, yRow);
  }

  /** products = sigmoid(products + inputs). */
  private static void sigmoids(
      int n, MemorySegment products, long product, MemorySegment inputs, long input) {
    long productAt = Lanes.bytes(products, product);
    long inputAt = Lanes.bytes(inputs, input);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      FloatVector sum = Lanes.load(products, productAt, i).add(Lanes.load(inputs, inputAt, i));
      Lanes.store(VectorSigmoid.sigmoid(sum), products, productAt, i);
    }
  }

  /** cell = f cell + i tanh(product + input), with i and f where the products of theirs were. */
  private static void remember(
      int n,
      MemorySegment products,
      long product,
      MemorySegment inputs,
      long input,
      MemorySegment cells,
      long cell) {
    long inAt = Lanes.bytes(products, product);
    long forgetAt = Lanes.bytes(products, product + 2L * n);
    long productAt = Lanes.bytes(products, product + 3L * n);
    long inputAt = Lanes.bytes(inputs, input);
    long cellAt = Lanes.bytes(cells, cell);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      FloatVector sum = Lanes.load(products, productAt, i).add(Lanes.load(inputs, inputAt, i));
      FloatVector added = Lanes.load(products, inAt, i).mul(VectorSigmoid.tanh(sum));
      FloatVector forget = Lanes.load(products, forgetAt, i);
      Lanes.store(forget.fma(Lanes.load(cells, cellAt, i), added), cells, cellAt, i);
    }
  }

  /** hidden = o tanh(cell). */
  private static void reveal(
      int n,
      MemorySegment products,
      long product,
      MemorySegment cells,
      long state,
      MemorySegment hidden) {
    long outAt = Lanes.bytes(products, product);
    long cellAt = Lanes.bytes(cells, state);
    long hiddenAt = Lanes.bytes(hidden, state);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      FloatVector size = VectorSigmoid.tanh(Lanes.load(cells, cellAt, i));
      Lanes.store(Lanes.load(products, outAt, i).mul(size), hidden, hiddenAt, i);
    }
  }

  /** hidden = h + z (hidden - h) with h = tanh(r product + input), z and r as they were left. */
  private static void mix(
      int n,
      MemorySegment products,
      long product,
      MemorySegment inputs,
      long input,
      MemorySegment hidden,
      long state) {
    long updateAt = Lanes.bytes(products, product);
    long resetAt = Lanes.bytes(products, product + n);
    long productAt = Lanes.bytes(products, product + 2L * n);
    long inputAt = Lanes.bytes(inputs, input);
    long hiddenAt = Lanes.bytes(hidden, state);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      FloatVector own = Lanes.load(products, productAt, i);
      FloatVector sum = Lanes.load(products, resetAt, i).fma(own, Lanes.load(inputs, inputAt, i));
      FloatVector candidate = VectorSigmoid.tanh(sum);
      FloatVector change = Lanes.load(hidden, hiddenAt, i).sub(candidate);
      Lanes.store(Lanes.load(products, updateAt, i).fma(change, candidate), hidden, hiddenAt, i);
    }
  }

  private static void leave(GatedCell cell, long state, long yRow) {
    MemorySegment y = cell.y();
    if (y == null) {
      return;
    }
    MemorySegment hidden = cell.hidden();
    int whole = Lanes.whole(cell.size());
    long hiddenAt = Lanes.bytes(hidden, state);
    long yAt = Lanes.bytes(y, yRow * cell.size());
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      Lanes.store(Lanes.load(hidden, hiddenAt, i), y, yAt, i);
    }
    for (; i < cell.size(); i++) {
      Floats.set(y, yRow * cell.size() + i, Floats.get(hidden, state + i));
    }
  }
}
