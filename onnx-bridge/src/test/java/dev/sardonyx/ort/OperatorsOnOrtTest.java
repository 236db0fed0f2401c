package dev.sardonyx.ort;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.BitCast;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.DynamicQuantizeLinear;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.ImageDecoder;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.OneHot;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.RandomOp;
import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.ReductionOp.Arg;
import dev.sardonyx.api.op.ReductionOp.CumSum;
import dev.sardonyx.api.op.ReductionOp.Reduce;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.SizeOf;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.SpaceOp;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Trilu;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.CommonType;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import dev.sardonyx.onnx.Onnx;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator of the vocabulary, in the form that it gives itself, is legal ONNX. */
class OperatorsOnOrtTest {
  private static final List<Integer> ONE = List.of(1, 1);
  private static final List<Integer> NONE = List.of(0, 0);

  private static final DenseTensor TRUTH =
      DenseTensor.copy(
          DType.BOOL, Shape.of(2, 3), MemorySegment.ofArray(new byte[] {1, 0, 0, 1, 1, 0}));

  private static TensorType f(long... dims) {
    return TensorType.of(DType.FLOAT32, dims);
  }

  private static Window window(AutoPad autoPad, boolean ceil, int... pads) {
    return new Window(
        List.of(3, 2), List.of(2, 2), ONE, Arrays.stream(pads).boxed().toList(), autoPad, ceil);
  }

  private static Window volume() {
    List<Integer> two = List.of(2, 2, 2);
    return Window.of(two, two, List.of(1, 1, 1), List.of(1, 0, 1));
  }

  private static Window dilated() {
    return Window.of(List.of(2, 2), ONE, List.of(2, 3), NONE);
  }

  static Stream<Graph> graphs() {
    return Stream.of(
            elementwise(),
            functions(),
            predicates(),
            products(),
            pools(),
            layouts(),
            indexing(),
            IndexGraphs.all(),
            MathGraphs.all(),
            reductions(),
            others(),
            ownStatistics(),
            recurrent(),
            SamplingGraphs.all(),
            SignalGraphs.all(),
            AttentionGraphs.all(),
            ValueGraphs.all(),
            ValueGraphs.text())
        .flatMap(List::stream);
  }

  private static List<Graph> elementwise() {
    return List.of(
        Graphs.oneNode(new BinaryOp.Add(), f(2, 1, 3), f(4, 1)),
        Graphs.oneNode(new BinaryOp.Sub(), f(3), f(2, 3)),
        Graphs.oneNode(new BinaryOp.Mul(), f(2, 3), f()),
        Graphs.oneNode(new BinaryOp.Div(), f(2, 3), f(2, 3)),
        Graphs.oneNode(new BinaryOp.Mod(true), f(2, 3), f(2, 3)),
        Graphs.oneNode(new BinaryOp.Pow(), f(2, 3), f(3)),
        Graphs.oneNode(new BinaryOp.PRelu(), f(2, 3, 4), f(3, 1)),
        Graphs.oneNode(new VariadicOp.Max(), f(2, 3), f(3), f(1)),
        Graphs.oneNode(new VariadicOp.Mean(), f(2, 3), f(3), f(1)),
        Graphs.oneNode(new VariadicOp.Min(), f(2, 3), f(3)),
        Graphs.oneNode(new VariadicOp.Sum(), f(2, 3)),
        Graphs.oneNode(new Where(), TRUTH, f(2, 1), f()),
        Graphs.oneNode(new Clip(), f(2, 3), f(), f()),
        Graphs.oneNode(new Clip(), f(2, 3), f()),
        Graphs.oneNode(new BitCast(DType.INT32), f(2, 3)),
        Graphs.oneNode(new Cast(DType.INT32), f(2, 3)),
        Graphs.oneNode(new CastLike(), f(2, 3), TRUTH));
  }

  private static List<Graph> functions() {
    return List.of(
        Graphs.oneNode(new UnaryOp.Abs(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Ceil(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Cos(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Erf(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Exp(), f(0, 3)),
        Graphs.oneNode(new UnaryOp.Floor(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Identity(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Log(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Neg(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Reciprocal(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Relu(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Round(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Sigmoid(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Sign(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Sin(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Sqrt(), f(2, 3)),
        Graphs.oneNode(new UnaryOp.Tanh(), f()),
        Graphs.oneNode(new ActivationOp.Celu(2f), f(2, 3)),
        Graphs.oneNode(new ActivationOp.Elu(0.5f), f(2, 3)),
        Graphs.oneNode(new ActivationOp.Gelu("none"), f(2, 3)),
        Graphs.oneNode(new ActivationOp.Gelu("tanh"), f(2, 3)),
        Graphs.oneNode(new ActivationOp.HardSigmoid(0.1f, 0.4f), f(2, 3)),
        Graphs.oneNode(new ActivationOp.HardSwish(), f(2, 3)),
        Graphs.oneNode(new ActivationOp.LeakyRelu(0.2f), f(2, 3)),
        Graphs.oneNode(new ActivationOp.Mish(), f(2, 3)),
        Graphs.oneNode(new ActivationOp.Selu(), f(2, 3)),
        Graphs.oneNode(new ActivationOp.Selu(1.5f, 1.1f), f(2, 3)),
        Graphs.oneNode(new ActivationOp.Softplus(), f(2, 3)),
        Graphs.oneNode(new ActivationOp.Softsign(), f(2, 3)),
        Graphs.oneNode(new ActivationOp.ThresholdedRelu(0.5f), f(2, 3)));
  }

  private static List<Graph> predicates() {
    return List.of(
        Graphs.oneNode(new PredicateOp.And(), TRUTH, TRUTH),
        Graphs.oneNode(new PredicateOp.Equal(), f(2, 3), f(3)),
        Graphs.oneNode(new PredicateOp.Greater(), f(2, 3), f(3)),
        Graphs.oneNode(new PredicateOp.GreaterOrEqual(), f(2, 3), f(3)),
        Graphs.oneNode(new PredicateOp.IsInf(false, true), f(2, 3)),
        Graphs.oneNode(new PredicateOp.IsNaN(), f(2, 3)),
        Graphs.oneNode(new PredicateOp.Less(), f(2, 3), f(3)),
        Graphs.oneNode(new PredicateOp.LessOrEqual(), f(2, 3), f(3)),
        Graphs.oneNode(new PredicateOp.Not(), TRUTH),
        Graphs.oneNode(new PredicateOp.Or(), TRUTH, TRUTH),
        Graphs.oneNode(new PredicateOp.Xor(), TRUTH, TRUTH));
  }

  private static List<Graph> products() {
    return List.of(
        Graphs.oneNode(new Gemm(1, 1, false, false), f(2, 3), f(3, 4)),
        Graphs.oneNode(new Gemm(0.5f, 2, true, true), f(3, 2), f(4, 3), f(4)),
        Graphs.oneNode(new MatMul(), f(5, 1, 2, 3), f(4, 3, 6)),
        Graphs.oneNode(new MatMul(), f(3), f(3, 2)),
        Graphs.oneNode(
            new Conv(window(AutoPad.NOTSET, false, 1, 0, 1, 0), 1), f(1, 4, 9, 8), f(6, 4, 3, 2)),
        Graphs.oneNode(new Conv(dilated(), 2), f(1, 4, 9, 8), f(6, 2, 2, 2), f(6)),
        Graphs.oneNode(
            new Conv(window(AutoPad.SAME_UPPER, false, 0, 0, 0, 0), 1),
            f(1, 4, 9, 8),
            f(6, 4, 3, 2)),
        Graphs.oneNode(
            new Conv(window(AutoPad.VALID, false, 0, 0, 0, 0), 1), f(1, 4, 9, 8), f(6, 4, 3, 2)),
        Graphs.oneNode(new Conv(volume(), 1), f(1, 4, 5, 6, 7), f(6, 4, 2, 2, 2)),
        Graphs.oneNode(
            new ConvTranspose(window(AutoPad.NOTSET, false, 1, 0, 1, 0), 2, List.of(1, 0)),
            f(1, 4, 5, 6),
            f(4, 3, 3, 2),
            f(6)),
        Graphs.oneNode(
            new ConvTranspose(window(AutoPad.NOTSET, false, 0, 0, 0, 0), 1, NONE, List.of(10, 11)),
            f(1, 4, 5, 6),
            f(4, 3, 3, 2)),
        Graphs.oneNode(
            new ConvTranspose(window(AutoPad.SAME_UPPER, false, 0, 0, 0, 0), 1, NONE),
            f(1, 4, 5, 6),
            f(4, 3, 3, 2)),
        Graphs.oneNode(
            new ConvTranspose(volume(), 1, List.of(0, 0, 0)), f(1, 4, 5, 6, 7), f(4, 3, 2, 2, 2)));
  }

  private static List<Graph> pools() {
    return List.of(
        Graphs.oneNode(
            new PoolOp.MaxPool(window(AutoPad.NOTSET, false, 1, 0, 0, 1)), f(1, 2, 8, 7)),
        Graphs.oneNode(new PoolOp.MaxPool(window(AutoPad.NOTSET, true, 1, 0, 1, 0)), f(1, 2, 8, 7)),
        Graphs.oneNode(new PoolOp.MaxPool(dilated()), f(1, 2, 8, 7)),
        Graphs.oneNode(
            new PoolOp.MaxPool(window(AutoPad.SAME_LOWER, false, 0, 0, 0, 0)), f(1, 2, 8, 7)),
        Graphs.oneNode(
            new PoolOp.AveragePool(window(AutoPad.NOTSET, false, 1, 0, 1, 0), true), f(1, 2, 8, 7)),
        Graphs.oneNode(
            new PoolOp.AveragePool(window(AutoPad.NOTSET, true, 0, 0, 0, 0), false), f(1, 2, 8, 7)),
        Graphs.oneNode(new PoolOp.AveragePool(dilated(), false), f(1, 2, 8, 7)),
        Graphs.oneNode(new PoolOp.MaxPool(volume(), true), f(1, 2, 5, 6, 7)),
        Graphs.oneNode(new PoolOp.AveragePool(volume(), true), f(1, 2, 5, 6, 7)),
        Graphs.oneNode(new PoolOp.GlobalMaxPool(), f(2, 3, 4, 5)),
        Graphs.oneNode(new PoolOp.GlobalAveragePool(), f(2, 3, 4, 5)));
  }

  private static List<Graph> layouts() {
    return List.of(
        Graphs.oneNode(new Concat(1), f(2, 3), f(2, 4), f(2, 0)),
        Graphs.oneNode(new Concat(-1), f(2, 3), f(2, 4)),
        Graphs.oneNode(new Flatten(1), f(2, 3, 4)),
        Graphs.oneNode(new Flatten(-1), f(2, 3, 4)),
        Graphs.oneNode(new Gather(1), f(2, 3), Graphs.longs(2, 0, 1, 1)),
        Graphs.oneNode(new Reshape(false), f(2, 3, 4), Graphs.longs(0, -1)),
        Graphs.oneNode(new Reshape(true), f(0, 3), Graphs.longs(3, 0)),
        Graphs.oneNode(new ShapeOf(), f(2, 3, 4)),
        Graphs.oneNode(new Transpose(List.of(2, 0, 1)), f(2, 3, 4)),
        Graphs.oneNode(new Transpose(List.of()), f(2, 3, 4)),
        Graphs.oneNode(new AxesOp.Squeeze(), f(1, 3, 1), Graphs.longs(-1)),
        Graphs.oneNode(new AxesOp.Squeeze(), f(1, 3, 1)),
        Graphs.oneNode(new AxesOp.Unsqueeze(), f(2, 3), Graphs.longs(0, 3)));
  }

  private static List<Graph> indexing() {
    return List.of(
        Graphs.oneNode(new Slice(), f(4, 5), Graphs.longs(1), Graphs.longs(9)),
        Graphs.oneNode(
            new Slice(),
            f(4, 5),
            Graphs.longs(-1),
            Graphs.longs(-9),
            Graphs.longs(1),
            Graphs.longs(-2)),
        Graphs.oneNode(new Split(1, 0), f(2, 5), Graphs.longs(2, 3)),
        Graphs.oneNode(new Split(-1, 2), f(2, 5)),
        Graphs.oneNode(new Pad(Pad.Mode.CONSTANT), f(2, 5), Graphs.longs(1, 0, 0, 2)),
        Graphs.oneNode(new Pad(Pad.Mode.WRAP), f(2, 5), Graphs.longs(1, 0, 0, 2)),
        Graphs.oneNode(new Expand(), f(2, 1), Graphs.longs(3, 1, 4)),
        Graphs.oneNode(new GatherElements(1), f(1, 5), Graphs.matrix(1, 4, 0)),
        Graphs.oneNode(new Tile(), f(2, 1), Graphs.longs(2, 3)),
        Graphs.oneNode(new Trilu(true), f(3, 4)),
        Graphs.oneNode(new Trilu(false), f(2, 3, 3), Tensor.scalar(1L)),
        Graphs.oneNode(new SizeOf(), f(3, 4)),
        Graphs.oneNode(new FillOp.ConstantOfShape(Attribute.ofScalar(3L)), Graphs.longs(2, 3)),
        Graphs.oneNode(new FillOp.ConstantOfShape(Attribute.ofScalar(0f)), Graphs.longs(2, 3)),
        Graphs.oneNode(new FillOp.Range(), Tensor.scalar(1L), Tensor.scalar(8L), Tensor.scalar(3L)),
        Graphs.oneNode(new SpaceOp.DepthToSpace(2, SpaceOp.Order.DCR), f(1, 8, 2, 3)),
        Graphs.oneNode(new SpaceOp.DepthToSpace(2, SpaceOp.Order.CRD), f(1, 8, 2, 3)),
        Graphs.oneNode(new SpaceOp.SpaceToDepth(2), f(1, 2, 4, 6)),
        Graphs.oneNode(
            new Resize(
                Resize.Mode.LINEAR,
                Resize.Coordinates.HALF_PIXEL,
                Resize.Nearest.FLOOR,
                Resize.CUBIC,
                false,
                List.of(2, 3)),
            f(1, 2, 3, 4),
            Graphs.floats(Shape.of(0)),
            Graphs.floats(Shape.of(0)),
            Graphs.longs(5, 6)),
        Graphs.oneNode(new OneHot(-1), Graphs.longs(2, 0), Tensor.scalar(3L), Graphs.longs(0, 1)));
  }

  private static List<Graph> reductions() {
    return List.of(
        Graphs.oneNode(new Reduce(Reduction.SUM, false), f(2, 3, 4), Graphs.longs(-1)),
        Graphs.oneNode(new Reduce(Reduction.SUM, true, true), f(2, 3), Graphs.longs()),
        Graphs.oneNode(new Reduce(Reduction.MEAN, true), f(2, 3, 4), Graphs.longs(0, -1)),
        Graphs.oneNode(new Reduce(Reduction.MEAN, false), f(2, 3, 4)),
        Graphs.oneNode(new Reduce(Reduction.MAX, true), f(2, 3), Graphs.longs(1)),
        Graphs.oneNode(new Reduce(Reduction.MIN, true), f(2, 3), Graphs.longs(1)),
        Graphs.oneNode(new Reduce(Reduction.PROD, true), f(2, 3), Graphs.longs(1)),
        Graphs.oneNode(new Reduce(Reduction.L1, true), f(2, 3), Graphs.longs(1)),
        Graphs.oneNode(new Reduce(Reduction.L2, true), f(2, 3), Graphs.longs(1)),
        Graphs.oneNode(new Reduce(Reduction.LOG_SUM, true), f(2, 3), Graphs.longs(1)),
        Graphs.oneNode(new Reduce(Reduction.LOG_SUM_EXP, true), f(2, 3), Graphs.longs(1)),
        Graphs.oneNode(new Reduce(Reduction.SUM_SQUARE, true), f(2, 3), Graphs.longs(1)),
        Graphs.oneNode(new Arg(true, 1, false, false), f(2, 3)),
        Graphs.oneNode(new Arg(false, -1, true, true), f(2, 3)),
        Graphs.oneNode(new CumSum(false, false), f(2, 3), Graphs.longs(1)),
        Graphs.oneNode(new CumSum(true, true), f(2, 3), Graphs.longs(0)));
  }

  private static List<Graph> others() {
    return List.of(
        Graphs.oneNode(
            new NormalizationOp.BatchNormalization(1e-3f), f(2, 3, 4), f(3), f(3), f(3), f(3)),
        Graphs.oneNode(new NormalizationOp.Softmax(1), f(2, 3, 4)),
        Graphs.oneNode(new NormalizationOp.LogSoftmax(-1), f(2, 3)));
  }

  private static List<Graph> recurrent() {
    Recurrence both = Recurrence.of(5, Recurrence.Direction.BIDIRECTIONAL);
    Recurrence back = Recurrence.of(5, Recurrence.Direction.REVERSE);
    return List.of(
        Graphs.oneNode(new RecurrentOp.RNN(back), f(3, 2, 4), f(1, 5, 4), f(1, 5, 5)),
        Graphs.oneNode(
            new RecurrentOp.RNN(both.withActivations(List.of("Relu", "Softsign"))),
            f(3, 2, 4),
            f(2, 5, 4),
            f(2, 5, 5),
            f(2, 10)),
        Graphs.oneNode(
            new RecurrentOp.LSTM(both, false), f(3, 2, 4), f(2, 20, 4), f(2, 20, 5), f(2, 40)),
        Graphs.oneNode(new RecurrentOp.GRU(both, true), f(3, 2, 4), f(2, 15, 4), f(2, 15, 5)),
        Graphs.oneNode(
            new RecurrentOp.GRU(back, false), f(3, 2, 4), f(1, 15, 4), f(1, 15, 5), f(1, 30)));
  }

  private static DenseTensor bytes(DType type, long... dims) {
    return Graphs.floats(Shape.of(dims)).convert(type);
  }

  private static List<Graph> quantized() {
    DenseTensor scale = Graphs.floats(Shape.of());
    DenseTensor zero = bytes(DType.UINT8);
    DenseTensor x = bytes(DType.UINT8, 1, 2, 5, 4);
    DenseTensor w = bytes(DType.UINT8, 3, 2, 2, 2);
    DenseTensor a = bytes(DType.UINT8, 2, 3);
    DenseTensor b = bytes(DType.UINT8, 3, 4);
    var tensor = new Granularity(1, 0);
    var blocks = new Granularity(-1, 2);
    Optional<DType> none = Optional.empty();
    return List.of(
        Graphs.oneNode(new QuantizeLinear(tensor, none, none, true), f(2, 3), scale, zero),
        Graphs.oneNode(
            new QuantizeLinear(blocks, Optional.of(DType.INT8), none, true),
            f(2, 3),
            Graphs.floats(Shape.of(2, 2))),
        Graphs.oneNode(new DequantizeLinear(tensor, none), a, scale, zero),
        Graphs.oneNode(new DynamicQuantizeLinear(), f(2, 3)),
        Graphs.oneNode(new IntegerProductOp.MatMulInteger(), a, b, zero, zero),
        Graphs.oneNode(
            new IntegerProductOp.QLinearMatMul(), a, scale, zero, b, scale, zero, scale, zero),
        Graphs.oneNode(new IntegerProductOp.ConvInteger(dilated(), 1), x, w, zero, zero),
        Graphs.oneNode(
            new IntegerProductOp.QLinearConv(dilated(), 1),
            x,
            scale,
            zero,
            w,
            scale,
            zero,
            scale,
            zero));
  }

  private static List<Graph> ownStatistics() {
    return List.of(
        Graphs.oneNode(new OwnStatisticsOp.LayerNormalization(-1, 1e-3f), f(2, 3, 4), f(4)),
        Graphs.oneNode(
            new OwnStatisticsOp.LayerNormalization(1, 1e-5f), f(2, 3, 4), f(3, 4), f(3, 4)),
        Graphs.oneNode(new OwnStatisticsOp.RMSNormalization(-1, 1e-3f), f(2, 3, 4), f(4)),
        Graphs.oneNode(new OwnStatisticsOp.GroupNormalization(2, 1e-3f), f(2, 4, 5), f(4), f(4)),
        Graphs.oneNode(new OwnStatisticsOp.InstanceNormalization(1e-3f), f(2, 3, 4), f(3), f(3)));
  }

  @Test
  void everyOperatorIsTried() {
    Set<Class<?>> tried =
        graphs()
            .flatMap(graph -> graph.nodes().stream())
            .map(node -> node.op().getClass())
            .collect(Collectors.toSet());
    tried.add(Opaque.class); // stands for all others
    tried.add(ImageDecoder.class); // ONNX Runtime has none
    newer().forEach(graph -> tried.add(graph.nodes().getFirst().op().getClass()));
    tried.add(MlOp.class); // MlOperatorsTest tries each
    // ONNX Runtime is built without them:
    tried.addAll(
        List.of(TrainingOp.Adagrad.class, TrainingOp.Adam.class, TrainingOp.Momentum.class));
    assertThat(tried).containsAll(operators(Op.class).toList());
  }

  private static Stream<Graph> newer() {
    return Stream.concat(AttentionGraphs.newer().stream(), MathGraphs.newer().stream());
  }

  private static Stream<Class<?>> operators(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(OperatorsOnOrtTest::operators);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void runsAndGivesTheTypeThatWasInferred(Graph graph) {
    assertRuns(graph);
  }

  /**
   * ONNX Runtime 1.29 does not have the newest version of these, which changed nothing but types.
   */
  private static final Map<String, Integer> NEWEST_ON_ORT =
      Map.of("GlobalLpPool", 21, "MaxRoiPool", 21, "RoiAlign", 21, "Swish", 23);

  /** A form is legal from the opset on that it claims: tried there and at the newest. */
  @ParameterizedTest
  @MethodSource("graphs")
  void runsAtTheOldestAndNewestOpsetThatItClaims(Graph graph) throws Exception {
    Op op = graph.nodes().getFirst().op();
    int newest = op instanceof RandomOp ? 21 : NEWEST_ON_ORT.getOrDefault(op.name(), 26);
    for (int opset : List.of(Onnx.nearestOpset(graph, 7), newest)) {
      try (var options = new OrtSession.SessionOptions();
          var session = OrtLibrary.environment().createSession(Onnx.bytes(graph, opset), options)) {
        assertThat(session.getOutputNames()).hasSameSizeAs(graph.outputs());
      }
    }
  }

  static Stream<Graph> graphsAndNewer() {
    return Stream.concat(graphs(), newer());
  }

  @ParameterizedTest
  @MethodSource("graphsAndNewer")
  void readsBackAsItWasWritten(Graph graph) {
    // In an older opset some operators are written as several nodes.
    int opset = Math.max(21, graph.nodes().getFirst().op().sinceOpset());
    Graph again = Onnx.read(Onnx.bytes(graph, opset), "again");
    // Within a body types may be less exact once read: they may change from round to round.
    if (graph.nodes().stream().allMatch(node -> node.op().bodies().isEmpty())) {
      Graphs.assertSame(again, graph);
    }
    byte[] bytes = Onnx.bytes(again, opset);
    assertThat(Onnx.bytes(Onnx.read(bytes, "again"), opset)).isEqualTo(bytes);
  }

  static void assertRuns(Graph graph) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      TensorType type = input.tensorType();
      inputs.put(
          input.name(),
          type.dtype() == DType.FLOAT32
              ? Graphs.floats(type.shape())
              : Tensor.ones(type.dtype(), type.shape().sizes()));
    }
    try (Session session = new OrtEngine().open(graph, SessionOptions.defaults())) {
      Map<String, Tensor> outputs = session.run(inputs);
      for (Value output : graph.outputs()) {
        TensorType found = Graphs.named(outputs, output.name()).type();
        assertThat(CommonType.of(output.type(), found)).contains(output.type());
      }
    }
  }
}
