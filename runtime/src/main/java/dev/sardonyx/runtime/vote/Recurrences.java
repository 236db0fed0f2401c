package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.RecurrentOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Recurrent operators, step by step. Source: ONNX RNN, LSTM, GRU. */
final class Recurrences {
  private Recurrences() {}

  static List<Exact> of(RecurrentOp op, Operands in) {
    Recurrence recurrence =
        switch (op) {
          case RecurrentOp.RNN rnn -> rnn.recurrence();
          case RecurrentOp.LSTM lstm -> lstm.recurrence();
          case RecurrentOp.GRU gru -> gru.recurrence();
        };
    var sizes = RecurrentStates.Sizes.of(recurrence, in.get(0).sizes());
    var states = new Shared<RecurrentStates>(_ -> run(op, recurrence, sizes, in));
    List<Exact> result = new ArrayList<>();
    for (int output = 0; output < in.types().size(); output++) {
      int which = output;
      result.add(
          Exact.real(
              in.types().get(output),
              sizes.steps() * recurrence.hiddenSize() * 8L,
              index -> states.get(0).at(which, index)));
    }
    return result;
  }

  private static RecurrentStates run(
      RecurrentOp op, Recurrence recurrence, RecurrentStates.Sizes sizes, Operands in) {
    List<DoubleUnaryOperator> functions =
        GateFunctions.of(
            recurrence,
            switch (op) {
              case RecurrentOp.RNN _ -> List.of("Tanh");
              case RecurrentOp.LSTM _ -> List.of("Sigmoid", "Tanh", "Tanh");
              case RecurrentOp.GRU _ -> List.of("Sigmoid", "Tanh");
            });
    int each = functions.size() / sizes.directions();
    var states = new RecurrentStates(sizes);
    for (int direction = 0; direction < sizes.directions(); direction++) {
      boolean back = recurrence.direction() == Recurrence.Direction.REVERSE || direction == 1;
      List<DoubleUnaryOperator> own = functions.subList(direction * each, (direction + 1) * each);
      RecurrentGates gates = RecurrentGates.of(op, own, direction, sizes, in);
      for (int sample = 0; sample < sizes.batch(); sample++) {
        long length = in.has(4) ? in.get(4).wholeAt(sample) : sizes.steps();
        double[] h = initial(in, 5, sizes, direction, sample);
        double[] c = initial(in, 6, sizes, direction, sample);
        for (long i = 0; i < length; i++) {
          long step = back ? length - 1 - i : i;
          gates.step(sizes.input(step, sample), h, c);
          states.put(step, direction, sample, h);
        }
        states.end(direction, sample, h, c);
      }
    }
    return states;
  }

  private static double[] initial(
      Operands in, int input, RecurrentStates.Sizes sizes, int direction, int sample) {
    double[] result = new double[sizes.hidden()];
    if (in.has(input)) {
      for (int i = 0; i < result.length; i++) {
        result[i] = in.get(input).at(sizes.state(direction, sample) + i);
      }
    }
    return result;
  }
}
