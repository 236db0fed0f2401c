package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.AttentionOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.BitCast;
import dev.sardonyx.api.op.BitwiseOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.Det;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.ImageDecoder;
import dev.sardonyx.api.op.IndexOp;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.LossOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.MatrixOp;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.OptionalOp;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.QuantizationOp;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.RandomOp;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.SamplingOp;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.op.SignalOp;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.TrigonometricOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Chooses how an operator is computed: the one place that every operator must be entered in.
 * Thread-safe.
 */
public final class Routines {
  private final Kernels kernels;
  private final Weights weights;
  private final Choices choices;

  /** Routines on a set of kernels, with the weights that were packed for it. */
  public Routines(Kernels kernels, Weights weights) {
    this(kernels, weights, Choices.none());
  }

  /**
   * The same.
   *
   * @param choices what is left open of how nodes are computed
   */
  public Routines(Kernels kernels, Weights weights, Choices choices) {
    this.kernels = kernels;
    this.weights = weights;
    this.choices = choices;
  }

  /**
   * The routine for a call. Errors: UNSUPPORTED for an operator or element type that is not there,
   * SHAPE or LIMIT for sizes that no kernel takes.
   */
  public Routine of(Call call) {
    require(call.op(), call.inputs());
    boolean empty =
        call.outputs().stream()
            .flatMap(Optional::stream)
            .allMatch(type -> type.shape().elements().fixed() == 0);
    if (empty) {
      return Routine.of(_ -> () -> {});
    }
    if (!call.hasOutput(0) && !mayLeaveOutFirst(call.op())) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, call.op().name() + " is not computed without its first output");
    }
    try {
      return select(call);
    } catch (IllegalArgumentException refused) { // geometries check themselves so
      throw new SardonyxException(
          ErrorCode.SHAPE, call.op().name() + ": " + refused.getMessage(), refused);
    } catch (ArithmeticException overflow) {
      throw new SardonyxException(
          ErrorCode.LIMIT, call.op().name() + ": a size exceeds 32 bits", overflow);
    }
  }

  /**
   * The routine for what {@link ConvolutionChains} or {@link QuantizedAdditions} has joined.
   * Errors: UNSUPPORTED.
   */
  Routine chain(List<Call> calls) {
    calls.forEach(call -> require(call.op(), call.inputs()));
    if (calls.getLast().op() instanceof QuantizeLinear) {
      return QuantizedSums.sum(calls, kernels);
    }
    return ChainRoutine.of(calls, kernels, weights);
  }

  private static boolean mayLeaveOutFirst(Op op) {
    return op instanceof RecurrentOp
        || op instanceof IndexOp
        || op instanceof LossOp
        || op instanceof Dropout;
  }

  /** A node that is computed without a plan, for whoever watches. */
  public LabelledStep labelled(Node node, Step step) {
    return LabelledStep.of(node, kernels, step);
  }

  /** Checks that an operator on these inputs can be computed. Errors: UNSUPPORTED. */
  public void require(Op op, List<Optional<Operand>> inputs) {
    List<ValueType> types =
        inputs.stream().flatMap(Optional::stream).<ValueType>map(Operand::type).toList();
    Support.require(op, types);
  }

  private Routine select(Call call) {
    return switch (call.op()) {
      case ElementwiseOp op -> elementwise(op, call);
      case MatrixOp op -> matrix(op, call);
      case ConvolutionOp op ->
          inFloats(call, (c, set) -> ConvolutionRoutine.of(op, c, set, weights, choices));
      case LossOp op -> LossRoutines.of(op, call);
      case PoolOp.MaxPool op when BytePool.takes(op, call) -> BytePool.of(op, call, kernels);
      case PoolOp op -> Widening.of(call, true, kernels, (c, set) -> PoolRoutines.of(op, c, set));
      case NormalizationOp op -> inFloats(call, (c, set) -> NormalizationRoutines.of(op, c, set));
      case RecurrentOp op ->
          inFloats(call, (c, set) -> RecurrentRoutine.of(op, c, set, weights, choices));
      case QuantizationOp op -> QuantizationRoutines.of(op, call, kernels, weights);
      case ReductionOp op -> ReductionRoutines.of(op, call, kernels);
      case Resize op when op.mode() != Resize.Mode.NEAREST ->
          call.output().dtype().isFloat()
              ? inFloats(call, (_, set) -> ResizeRoutine.interpolated(op, call, set))
              : ResizeRoutine.integers(op, call);
      case Transpose op when Interleaving.takes(op, call) -> Interleaving.of(call, kernels);
      case LayoutOp op -> Widening.ofBits(call, c -> LayoutRoutines.of(op, c, kernels));
      case IndexOp op -> IndexRoutines.of(op, call);
      case RandomOp op -> RandomRoutines.of(op, call);
      case TrainingOp op -> TrainingRoutine.of(op, call);
      case ControlOp _,
          SelectionOp _,
          SequenceOp _,
          OptionalOp _,
          TextOp _,
          ImageDecoder _,
          MlOp _ ->
          throw new AssertionError(call.op()); // computations: they never come here
      case Opaque _ -> throw Support.unsupported(call.op(), new Missing.Operator());
      case SignalOp op -> SignalRoutines.of(op, call);
      case AttentionOp op -> AttentionRoutines.of(op, call, kernels);
      case SamplingOp op -> SamplingRoutines.of(op, call);
    };
  }

  private Routine inFloats(Call call, BiFunction<Call, Kernels, Routine> routine) {
    return Widening.of(call, false, kernels, routine);
  }

  private Routine matrix(MatrixOp op, Call call) {
    boolean floats = call.output().dtype().isFloat();
    return switch (op) {
      case Det _ -> DetRoutine.of(call);
      case Einsum einsum -> inFloats(call, (c, set) -> EinsumRoutine.of(einsum, c, set));
      case Gemm gemm when floats ->
          inFloats(call, (c, set) -> GemmRoutine.of(gemm, c, set, weights, choices));
      case MatMul _ when floats ->
          inFloats(call, (c, set) -> MatMulRoutine.of(c, set, weights, choices));
      case Gemm gemm -> IntegerProducts.gemm(gemm, call);
      case MatMul _ -> IntegerProducts.matMul(call);
    };
  }

  private Routine elementwise(ElementwiseOp op, Call call) {
    return switch (op) {
      case UnaryOp unary -> UnaryRoutines.of(unary, call, kernels);
      case ActivationOp activation -> UnaryRoutines.of(activation, call, kernels);
      case BitwiseOp bitwise -> BinaryRoutines.of(bitwise, call);
      case TrigonometricOp angle -> UnaryRoutines.of(angle, call, kernels);
      case BinaryOp binary -> BinaryRoutines.of(binary, call, kernels);
      case VariadicOp variadic -> inFloats(call, (c, set) -> BinaryRoutines.of(variadic, c, set));
      case PredicateOp predicate -> PredicateRoutines.of(predicate, call);
      case Where _ -> Widening.ofBits(call, ChoiceRoutines::where);
      case Dropout dropout -> DropoutRoutine.of(dropout, call);
      case Clip _ -> ChoiceRoutines.clip(call, kernels);
      case BitCast _ -> LayoutRoutines.copy();
      case Cast cast -> ChoiceRoutines.cast(cast, call);
      case CastLike like -> ChoiceRoutines.cast(like.cast(call.output().dtype()), call);
    };
  }
}
