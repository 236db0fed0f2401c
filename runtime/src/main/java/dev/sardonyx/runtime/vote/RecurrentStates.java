package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Recurrence;

/** What a recurrent operator gives: all its states, and the last of each sequence. */
final class RecurrentStates {
  /** How many there are of what, and where they lie. */
  record Sizes(int steps, int batch, int inputs, int directions, int hidden, boolean batchFirst) {

    static Sizes of(Recurrence recurrence, long[] x) {
      boolean batchFirst = recurrence.batchFirst();
      return new Sizes(
          Math.toIntExact(x[batchFirst ? 1 : 0]),
          Math.toIntExact(x[batchFirst ? 0 : 1]),
          Math.toIntExact(x[2]),
          recurrence.direction().count(),
          recurrence.hiddenSize(),
          batchFirst);
    }

    /** Where the input of a step of a sample begins. */
    long input(long step, int sample) {
      return (batchFirst ? (long) sample * steps + step : step * batch + sample) * inputs;
    }

    /** Where the state of a direction of a sample begins. */
    long state(int direction, int sample) {
      long at =
          batchFirst ? (long) sample * directions + direction : (long) direction * batch + sample;
      return at * hidden;
    }
  }

  private final Sizes sizes;
  private final double[][] outputs;

  RecurrentStates(Sizes sizes) {
    this.sizes = sizes;
    int last = Math.multiplyExact(sizes.directions() * sizes.batch(), sizes.hidden());
    outputs = new double[][] {new double[last * sizes.steps()], new double[last], new double[last]};
  }

  void put(long step, int direction, int sample, double[] h) {
    long at =
        sizes.batchFirst()
            ? ((long) sample * sizes.steps() + step) * sizes.directions() + direction
            : (step * sizes.directions() + direction) * sizes.batch() + sample;
    System.arraycopy(h, 0, outputs[0], Math.toIntExact(at * sizes.hidden()), h.length);
  }

  void end(int direction, int sample, double[] h, double[] c) {
    int at = Math.toIntExact(sizes.state(direction, sample));
    System.arraycopy(h, 0, outputs[1], at, h.length);
    System.arraycopy(c, 0, outputs[2], at, c.length);
  }

  /** An element of Y, Y_h or Y_c. */
  double at(int output, long index) {
    return outputs[output][Math.toIntExact(index)];
  }
}
