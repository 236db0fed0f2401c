package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.RecurrentOp;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** One step of one direction: what the gates make of an input and the last state. */
final class RecurrentGates {
  private final RecurrentOp op;
  private final List<DoubleUnaryOperator> functions;
  private final int direction;
  private final RecurrentStates.Sizes sizes;
  private final Operands in;
  private final int gates;

  private RecurrentGates(
      RecurrentOp op,
      List<DoubleUnaryOperator> functions,
      int direction,
      RecurrentStates.Sizes sizes,
      Operands in,
      int gates) {
    this.op = op;
    this.functions = functions;
    this.direction = direction;
    this.sizes = sizes;
    this.in = in;
    this.gates = gates;
  }

  static RecurrentGates of(
      RecurrentOp op,
      List<DoubleUnaryOperator> functions,
      int direction,
      RecurrentStates.Sizes sizes,
      Operands in) {
    int gates =
        switch (op) {
          case RecurrentOp.RNN _ -> 1;
          case RecurrentOp.LSTM _ -> 4;
          case RecurrentOp.GRU _ -> 3;
        };
    return new RecurrentGates(op, functions, direction, sizes, in, gates);
  }

  /** Puts the next state into h, and into c where there is one. */
  void step(long input, double[] h, double[] c) {
    switch (op) {
      case RecurrentOp.RNN _ -> {
        double[] before = h.clone();
        for (int i = 0; i < h.length; i++) {
          double sum = ofInput(0, i, input) + ofState(0, i, before) + bias(0, i) + bias(1, i);
          h[i] = function(0, sum);
        }
      }
      case RecurrentOp.LSTM lstm -> longShortTerm(lstm, input, h, c);
      case RecurrentOp.GRU gru -> gated(gru, input, h);
    }
  }

  /** Gates in the order i, o, f, c. */
  private void longShortTerm(RecurrentOp.LSTM lstm, long input, double[] h, double[] c) {
    double[] before = h.clone();
    for (int j = 0; j < h.length; j++) {
      double old = c[j];
      double i = function(0, gate(0, j, input, before) + peephole(0, j) * old);
      double forget = function(0, gate(2, j, input, before) + peephole(2, j) * old);
      double f = lstm.inputForget() ? 1 - i : forget;
      c[j] = f * old + i * function(1, gate(3, j, input, before));
      double o = function(0, gate(1, j, input, before) + peephole(1, j) * c[j]);
      h[j] = o * function(2, c[j]);
    }
  }

  private double gate(int gate, int at, long input, double[] h) {
    return ofInput(gate, at, input)
        + ofState(gate, at, h)
        + bias(gate, at)
        + bias(gates + gate, at);
  }

  /** Gates in the order z, r, h. */
  private void gated(RecurrentOp.GRU gru, long input, double[] h) {
    double[] before = h.clone();
    double[] reset = new double[h.length];
    for (int j = 0; j < h.length; j++) {
      reset[j] = function(0, gate(1, j, input, before));
    }
    double[] kept = new double[h.length];
    for (int j = 0; j < h.length; j++) {
      kept[j] = reset[j] * before[j];
    }
    for (int j = 0; j < h.length; j++) {
      double z = function(0, gate(0, j, input, before));
      double ofState =
          gru.linearBeforeReset()
              ? reset[j] * (ofState(2, j, before) + bias(5, j))
              : ofState(2, j, kept) + bias(5, j);
      double next = function(1, ofInput(2, j, input) + bias(2, j) + ofState);
      h[j] = (1 - z) * next + z * before[j];
    }
  }

  private double function(int which, double x) {
    return functions.get(which).applyAsDouble(x);
  }

  private double ofInput(int gate, int at, long input) {
    long row = ((long) direction * gates + gate) * sizes.hidden() + at;
    double sum = 0;
    for (int k = 0; k < sizes.inputs(); k++) {
      sum += in.get(0).at(input + k) * in.get(1).at(row * sizes.inputs() + k);
    }
    return sum;
  }

  private double ofState(int gate, int at, double[] h) {
    long row = ((long) direction * gates + gate) * sizes.hidden() + at;
    double sum = 0;
    for (int k = 0; k < h.length; k++) {
      sum += h[k] * in.get(2).at(row * sizes.hidden() + k);
    }
    return sum;
  }

  /** Those of W come first, then those of R. */
  private double bias(int which, int at) {
    long row = (long) direction * 2 * gates + which;
    return in.has(3) ? in.get(3).at(row * sizes.hidden() + at) : 0;
  }

  /** In the order i, o, f. */
  private double peephole(int which, int at) {
    return in.has(7) ? in.get(7).at(((long) direction * 3 + which) * sizes.hidden() + at) : 0;
  }
}
