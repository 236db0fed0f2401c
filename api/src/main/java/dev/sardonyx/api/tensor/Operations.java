package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.op.Op;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Where each operation on tensors goes: into the trace that runs, else to the default engine. */
public final class Operations {
  private static final ScopedValue<Recorder> RECORDER = ScopedValue.newInstance();

  private Operations() {}

  /** Found on first use, because a trace needs no engine at all. */
  private static final class DefaultEvaluator {
    static final Optional<Evaluator> FOUND =
        ServiceLoader.load(Evaluator.class, Evaluator.class.getClassLoader()).findFirst();
  }

  /** Applies an operator of which the first output is wanted. */
  public static Tensor apply(Op op, Tensor... inputs) {
    return applyAll(op, Stream.of(inputs).map(Optional::of).toList(), 1).getFirst();
  }

  /** Applies an operator of which all outputs are wanted, optional ones too. */
  public static List<Tensor> applyAll(Op op, List<Optional<Tensor>> inputs) {
    return applyAll(op, inputs, Integer.MAX_VALUE);
  }

  /**
   * Applies an operator: recorded inside a trace, computed at once elsewhere. An absent optional
   * input is empty. Errors: those of the operator, at the caller's source line.
   *
   * @param most how many outputs are wanted, if the operator has as many
   */
  public static List<Tensor> applyAll(Op op, List<Optional<Tensor>> inputs, int most) {
    if (RECORDER.isBound()) {
      return RECORDER.get().record(op, inputs, most);
    }
    try {
      return evaluator(op).evaluate(op, inputs, most);
    } catch (SardonyxException error) {
      throw atCaller(error);
    }
  }

  private static Evaluator evaluator(Op op) {
    return DefaultEvaluator.FOUND.orElseThrow(
        () ->
            new SardonyxException(
                ErrorCode.ENGINE,
                "no engine computes "
                    + op.name()
                    + ": add dev.sardonyx:sardonyx-runtime to the class path"));
  }

  /** Whether operations are recorded here and now. */
  public static boolean isTracing() {
    return RECORDER.isBound();
  }

  /** The inputs of the trace that runs, none outside of one. */
  static List<Tensor> traceInputs() {
    return RECORDER.isBound() ? RECORDER.get().inputs() : List.of();
  }

  /** Tells the trace, if one runs, which member of a container forward takes. */
  public static void choose(Object container, String member, List<String> members) {
    if (RECORDER.isBound()) {
      RECORDER.get().choose(container, member, members);
    }
  }

  /** Runs code whose operations go to a recorder. */
  public static <T> T recording(Recorder recorder, Supplier<T> body) {
    return ScopedValue.where(RECORDER, recorder).call(body::get);
  }

  /** A layer's forward of one tensor, so that a trace knows which module records. */
  public static Tensor inModule(Object module, Tensor x, UnaryOperator<Tensor> forward) {
    return inModule(module, List.of(x), () -> List.of(forward.apply(x))).getFirst();
  }

  /** A layer's forward of any number of tensors, so that a trace knows which module records. */
  public static List<Tensor> inModule(
      Object module, List<Tensor> inputs, Supplier<List<Tensor>> forward) {
    if (RECORDER.isBound()) {
      return RECORDER.get().inModule(module, inputs, forward);
    }
    try {
      return forward.get();
    } catch (SardonyxException error) {
      throw atCaller(error);
    }
  }

  private static SardonyxException atCaller(SardonyxException error) {
    return SourceLocation.ofCaller().map(line -> error.at(line.toString())).orElse(error);
  }
}
