package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.type.DType;

/**
 * The sizes of a recurrent layer and the type it computes in, and where a row of one step and one
 * sample lies.
 *
 * @param batchFirst whether the batch comes before the steps, and before the directions
 */
record RecurrentSizes(
    DType dtype,
    int steps,
    int batch,
    int input,
    int hidden,
    int gates,
    int directions,
    boolean batchFirst) {

  static RecurrentSizes of(RecurrentOp op, Call call) {
    long[] x = call.sizes(0);
    boolean batchFirst = op.recurrence().batchFirst();
    return new RecurrentSizes(
        call.input(0).dtype(),
        Sizes.narrow(x[batchFirst ? 1 : 0]),
        Sizes.narrow(x[batchFirst ? 0 : 1]),
        Sizes.narrow(x[2]),
        op.recurrence().hiddenSize(),
        op.gates(),
        op.recurrence().direction().count(),
        batchFirst);
  }

  /** The rows of X. */
  int rows() {
    return Sizes.narrow(Sizes.multiply(steps, batch));
  }

  /** The row of X, or of its product with W. */
  long rowOfInput(int step, int sample) {
    return batchFirst ? (long) sample * steps + step : (long) step * batch + sample;
  }

  /** The row of Y. */
  long rowOfOutput(int step, int direction, int sample) {
    return batchFirst
        ? ((long) sample * steps + step) * directions + direction
        : ((long) step * directions + direction) * batch + sample;
  }

  /** The row of an initial or final state. */
  long rowOfState(int direction, int sample) {
    return batchFirst ? (long) sample * directions + direction : (long) direction * batch + sample;
  }
}
