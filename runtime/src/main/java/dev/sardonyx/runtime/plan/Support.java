package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AttentionOp;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BitCast;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.CenterCropPad;
import dev.sardonyx.api.op.Col2Im;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.DFT;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.Det;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.DynamicQuantizeLinear;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.ImageDecoder;
import dev.sardonyx.api.op.IndexOp;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.LossOp;
import dev.sardonyx.api.op.MatrixOp;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.OneHot;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.OptionalOp;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.QuantizationOp;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.RandomOp;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.STFT;
import dev.sardonyx.api.op.SamplingOp;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.SignalOp;
import dev.sardonyx.api.op.SizeOf;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.SpaceOp;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.TensorScatter;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Trilu;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.regex.Regex;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the native engine can compute, by operator and element type. */
public final class Support {
  private static final Set<DType> FLOATS = Inputs.FLOATS;
  private static final Set<DType> FLOATS_AND_LENGTHS = with(DType.INT32);
  private static final Set<DType> FLOATS_AND_WIDE_INTEGERS =
      with(DType.INT32, DType.INT64, DType.UINT32, DType.UINT64);

  /** Bool, integers of 8 bits and more, floats of 16 bits and more. */
  private static final Set<DType> COMPUTED =
      EnumSet.of(
          DType.FLOAT32,
          DType.FLOAT64,
          DType.FLOAT16,
          DType.BFLOAT16,
          DType.INT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.UINT8,
          DType.UINT16,
          DType.UINT32,
          DType.UINT64,
          DType.BOOL);

  /** Numbers that are written as strings and read from them. */
  private static final Set<DType> TEXT =
      EnumSet.of(
          DType.FLOAT16,
          DType.BFLOAT16,
          DType.FLOAT32,
          DType.FLOAT64,
          DType.INT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.UINT8,
          DType.UINT16,
          DType.UINT32,
          DType.UINT64,
          DType.STRING);

  private Support() {}

  private static Set<DType> with(DType... others) {
    EnumSet<DType> all = EnumSet.copyOf(FLOATS);
    all.addAll(List.of(others));
    return all;
  }

  /** Checks that an operator on inputs of these types can be computed. Errors: UNSUPPORTED. */
  public static void require(Op op, List<ValueType> inputs) {
    missing(op, inputs)
        .ifPresent(
            missing -> {
              throw unsupported(op, missing);
            });
  }

  static SardonyxException unsupported(Op op, Missing missing) {
    return SardonyxException.unsupported(
        "the native engine does not compute " + op.name() + ": " + missing.text(),
        List.of(missing.of(op)));
  }

  /**
   * Why an operator on inputs of these types cannot be computed, or empty when it can.
   *
   * @param inputs the types of the inputs that are there, in order
   */
  public static Optional<Missing> missing(Op op, List<ValueType> inputs) {
    return switch (op) {
      case UnaryOp.Identity _ -> Optional.empty();
      case Where _ -> requireTensors(inputs);
      case BitCast _ -> Optional.empty();
      case Cast cast when cast.to() == DType.STRING -> require(TEXT, inputs);
      case Cast cast when isStrings(inputs) -> text(cast.to());
      case Cast cast ->
          Elements.TYPES.contains(cast.to())
              ? require(Elements.TYPES, inputs)
              : Optional.of(Missing.type(cast.to()));
      case CastLike _ when inputs.size() == 2 && inputs.get(1) instanceof TensorType like ->
          missing(new Cast(like.dtype()), inputs.subList(0, 1));
      case CastLike _ -> require(Elements.TYPES, inputs);
      case PredicateOp.Equal _ when isStrings(inputs) -> Optional.empty();
      case PredicateOp.IsInf _, PredicateOp.IsNaN _, Dropout _ -> require(Elements.TYPES, inputs);
      case ElementwiseOp _ -> require(COMPUTED, inputs);
      case Det _, Einsum _, LossOp _ -> require(COMPUTED, inputs);
      case MatrixOp _ -> require(FLOATS_AND_WIDE_INTEGERS, inputs);
      case ConvolutionOp convolution -> convolution(convolution, inputs);
      case PoolOp _ -> require(COMPUTED, inputs);
      case NormalizationOp _ -> require(FLOATS, inputs);
      case RecurrentOp _ -> require(FLOATS_AND_LENGTHS, inputs);
      case QuantizationOp quantization -> quantization(quantization, inputs);
      case ReductionOp _ -> require(COMPUTED, inputs);
      case Resize resize -> resize(resize, inputs);
      case ShapeOf _, SizeOf _ -> Optional.empty(); // elements are not looked at
      case LayoutOp _ -> requireTensors(inputs);
      case IndexOp _ -> requireFixedSize(inputs);
      case ControlOp _, SequenceOp _, OptionalOp _ -> Optional.empty();
      case TextOp.RegexFullMatch match -> pattern(match);
      case RandomOp _, TrainingOp _ -> require(Elements.TYPES, inputs);
      case SelectionOp _ -> selection(inputs);
      case TextOp _, ImageDecoder _ -> Optional.empty();
      case MlOp _ -> Optional.empty();
      case Opaque _ -> Optional.of(new Missing.Operator());
      case SignalOp _ -> require(COMPUTED, inputs);
      case TensorScatter _ -> requireFixedSize(inputs);
      case AttentionOp _ -> require(COMPUTED, inputs);
      case SamplingOp _ -> require(COMPUTED, inputs);
    };
  }

  /** Whether an operator only gives its first input another shape: its output is an alias. */
  public static boolean isAlias(Op op) {
    return switch (op) {
      case UnaryOp.Identity _ -> true;
      case LayoutOp layout ->
          switch (layout) {
            case Reshape _, Flatten _, AxesOp _ -> true;
            case Transpose _, Concat _, Gather _, ShapeOf _ -> false;
            case Slice _, Split _, Pad _, Expand _, GatherElements _, Tile _ -> false;
            case CenterCropPad _ -> false;
            case Trilu _, SizeOf _, FillOp _, SpaceOp _, OneHot _, Resize _ -> false;
          };
      case ElementwiseOp _, MatrixOp _, ConvolutionOp _, IndexOp _ -> false;
      case PoolOp _, NormalizationOp _, RecurrentOp _, ReductionOp _ -> false;
      case ControlOp _, LossOp _, SignalOp _, Opaque _ -> false;
      case SelectionOp _, RandomOp _, TrainingOp _ -> false;
      case SamplingOp _ -> false;
      case QuantizationOp _ -> false;
      case AttentionOp _, SequenceOp _, OptionalOp _, TextOp _, ImageDecoder _ -> false;
      case MlOp _ -> false;
    };
  }

  /**
   * The inputs by whose contents a routine is chosen: where they come with each run, an operator
   * runs node by node, when they are there.
   */
  public static Set<Integer> plannedBy(Op op) {
    return switch (op) {
      case Slice _ -> Set.of(1, 2, 3, 4);
      case Pad _ -> Set.of(1, 3);
      case Resize _ -> Set.of(1, 2, 3);
      case ReductionOp.Reduce _ -> Set.of(1);
      case Col2Im _ -> Set.of(2);
      case DFT _ -> Set.of(1, 2);
      case STFT _ -> Set.of(1, 3);
      default -> Set.of(); // most routines take all inputs as they come
    };
  }

  /** Strings are compared as well. */
  private static Optional<Missing> selection(List<ValueType> inputs) {
    List<ValueType> others =
        inputs.stream()
            .filter(input -> !(input instanceof TensorType x && x.dtype() == DType.STRING))
            .toList();
    return require(Elements.TYPES, others);
  }

  private static Optional<Missing> convolution(ConvolutionOp op, List<ValueType> inputs) {
    return switch (op) {
      case Conv conv -> spatialRank(conv.window()).or(() -> require(FLOATS, inputs));
      case ConvTranspose conv -> spatialRank(conv.window()).or(() -> require(FLOATS, inputs));
    };
  }

  private static Optional<Missing> pattern(TextOp.RegexFullMatch op) {
    try {
      Regex.compile(op.pattern());
      return Optional.empty();
    } catch (SardonyxException refused) {
      return Optional.of(new Missing.AttributeValue("pattern", refused.reason()));
    }
  }

  private static Optional<Missing> quantization(QuantizationOp op, List<ValueType> inputs) {
    return switch (op) {
      case IntegerProductOp.ConvInteger conv ->
          spatialRank(conv.window()).or(() -> require(Elements.TYPES, inputs));
      case IntegerProductOp.QLinearConv conv ->
          spatialRank(conv.window()).or(() -> require(Elements.TYPES, inputs));
      case IntegerProductOp.MatMulInteger _, IntegerProductOp.QLinearMatMul _ ->
          require(Elements.TYPES, inputs);
      case QuantizeLinear _, DequantizeLinear _, DynamicQuantizeLinear _ ->
          require(Elements.TYPES, inputs);
    };
  }

  private static Optional<Missing> spatialRank(Window window) {
    int rank = window.rank();
    return rank >= 1 && rank <= 3
        ? Optional.empty()
        : Optional.of(
            new Missing.AttributeValue("kernel_shape", rank + " spatial axes (1 to 3 are there)"));
  }

  private static Optional<Missing> resize(Resize op, List<ValueType> inputs) {
    boolean there = inputs.getFirst() instanceof TensorType x && ResizeRoutine.takes(op, x.dtype());
    return there
        ? Optional.empty()
        : Optional.of(new Missing.Type(inputs.getFirst(), "interpolation of " + inputs.getFirst()));
  }

  private static Optional<Missing> text(DType type) {
    return TEXT.contains(type) ? Optional.empty() : Optional.of(Missing.type(type));
  }

  private static boolean isStrings(List<ValueType> inputs) {
    return inputs.stream()
        .allMatch(input -> input instanceof TensorType tensor && tensor.dtype() == DType.STRING);
  }

  private static Optional<Missing> require(Set<DType> allowed, List<ValueType> inputs) {
    for (ValueType input : inputs) {
      if (!(input instanceof TensorType tensor)) {
        return Optional.of(Missing.type(input));
      }
      if (!allowed.contains(tensor.dtype())) {
        return Optional.of(Missing.type(tensor.dtype()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Missing> requireTensors(List<ValueType> inputs) {
    return inputs.stream()
        .filter(input -> !(input instanceof TensorType))
        .map(Missing::type)
        .findFirst();
  }

  private static Optional<Missing> requireFixedSize(List<ValueType> inputs) {
    for (ValueType input : inputs) {
      if (!(input instanceof TensorType tensor)) {
        return Optional.of(Missing.type(input));
      }
      if (Widening.isPacked(tensor.dtype())) {
        return Optional.of(Missing.type(tensor.dtype()));
      }
    }
    return Optional.empty();
  }
}
