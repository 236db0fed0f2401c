package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** One step of an optimizer, element by element in double, each result rounded once. */
final class TrainingRoutine {
  private TrainingRoutine() {}

  /** The step of one element: x, its gradient, and what is kept; all but the gradient anew. */
  @FunctionalInterface
  private interface Update {
    void apply(double[] element);
  }

  private static final int X = 0;
  private static final int G = 1;
  private static final int FIRST_KEPT = 2;

  static Routine of(TrainingOp op, Call call) {
    int kinds = 2 + op.kept();
    int count = (call.inputs().size() - 2) / kinds;
    var rate = new Elements(call.input(0).dtype());
    var steps = new Elements(DType.INT64);
    return Routine.of(
        buffers ->
            () -> {
              Update update =
                  update(op, rate.real(buffers.input(0), 0), steps.integer(buffers.input(1), 0));
              for (int i = 0; i < count; i++) {
                long n = Sizes.product(call.sizes(2 + i));
                var elements = new Elements(call.input(2 + i).dtype());
                apply(update, elements, n, buffers, i, count, kinds);
              }
            });
  }

  private static void apply(
      Update update, Elements elements, long n, Buffers buffers, int tensor, int count, int kinds) {
    double[] element = new double[kinds];
    MemorySegment[] inputs = new MemorySegment[kinds];
    for (int kind = 0; kind < kinds; kind++) {
      inputs[kind] = buffers.input(2 + kind * count + tensor);
    }
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      for (int kind = 0; kind < kinds; kind++) {
        element[kind] = elements.real(inputs[kind], i);
      }
      update.apply(element);
      write(buffers, tensor, elements, i, element[X]);
      for (int kind = FIRST_KEPT; kind < kinds; kind++) {
        write(buffers, (kind - 1) * count + tensor, elements, i, element[kind]);
      }
    }
  }

  private static void write(Buffers buffers, int output, Elements elements, long i, double value) {
    if (output < buffers.outputs().size()) {
      buffers.outputs().get(output).ifPresent(y -> elements.real(y, i, value));
    }
  }

  private static Update update(TrainingOp op, double rate, long steps) {
    return switch (op) {
      case TrainingOp.Adagrad adagrad -> adagrad(adagrad, rate, steps);
      case TrainingOp.Adam adam -> adam(adam, rate, steps);
      case TrainingOp.Momentum momentum -> momentum(momentum, rate, steps);
    };
  }

  private static Update adagrad(TrainingOp.Adagrad op, double rate, long steps) {
    double decayed = rate / (1 + steps * (double) op.decayFactor());
    return e -> {
      double g = op.normCoefficient() * e[X] + e[G];
      e[FIRST_KEPT] += g * g;
      e[X] -= decayed * g / (Math.sqrt(e[FIRST_KEPT]) + op.epsilon());
    };
  }

  private static Update adam(TrainingOp.Adam op, double rate, long steps) {
    double alpha = op.alpha();
    double beta = op.beta();
    double adjusted =
        steps > 0
            ? rate * Math.sqrt(1 - StrictMath.pow(beta, steps)) / (1 - StrictMath.pow(alpha, steps))
            : rate;
    return e -> {
      double g = op.normCoefficient() * e[X] + e[G];
      e[2] = alpha * e[2] + (1 - alpha) * g;
      e[3] = beta * e[3] + (1 - beta) * g * g;
      double moved = e[X] - adjusted * e[2] / (Math.sqrt(e[3]) + op.epsilon());
      e[X] = (1 - (double) op.normCoefficientPost()) * moved;
    };
  }

  private static Update momentum(TrainingOp.Momentum op, double rate, long steps) {
    double alpha = op.alpha();
    double beta = steps > 0 ? op.beta() : 1;
    return e -> {
      double g = op.normCoefficient() * e[X] + e[G];
      e[FIRST_KEPT] = alpha * e[FIRST_KEPT] + beta * g;
      e[X] -= rate * (op.nesterov() ? g + alpha * e[FIRST_KEPT] : e[FIRST_KEPT]);
    };
  }
}
