package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.interpret.Interpreter;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.plan.Routines;
import dev.sardonyx.runtime.plan.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes single operators at once, with the very routines that sessions use. Thread-safe. */
public final class NativeEvaluator implements Evaluator {
  private final Kernels kernels;
  private final Routines routines;

  /** An evaluator on the fastest kernels that are there without a session. */
  public NativeEvaluator() {
    this(KernelSelection.portable().kernels());
  }

  /** An evaluator on a given set of kernels. */
  public NativeEvaluator(Kernels kernels) {
    this.kernels = kernels;
    routines = new Routines(kernels, Weights.none());
  }

  /**
   * {@inheritDoc} Operators that only change the shape give a view of their input. Errors: also
   * SHAPE, DTYPE and ARGUMENT for inputs that the operator refuses.
   */
  @Override
  public List<Tensor> evaluate(Op op, List<Optional<Tensor>> inputs, int most) {
    List<Optional<Data>> data =
        inputs.stream().map(input -> input.<Data>map(Tensor::dense)).toList();
    List<Tensor> results = new ArrayList<>();
    for (Data output : leased(op, data, most)) {
      if (!(output instanceof Tensor tensor)) {
        throw new SardonyxException(
            ErrorCode.UNSUPPORTED, op.name() + " gives " + output.type() + ", not a tensor");
      }
      results.add(tensor);
    }
    return results.subList(0, Math.min(most, results.size()));
  }

  /** There may be no session, or the last one may close meanwhile. */
  private List<Data> leased(Op op, List<Optional<Data>> inputs, int most) {
    long trips = SessionOptions.defaults().tripLimit();
    try (Kernels.Lease _ = kernels.lease()) {
      return new Interpreter(routines, trips, Long.MAX_VALUE).evaluate(op, inputs, most);
    }
  }
}
