package dev.sardonyx.apitest;

import dev.sardonyx.api.nn.*;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Each kind of layer at least once, with inputs that it takes. */
final class EveryLayer {
  private static final String[] SIGNAL = {"batch", "6", "20"};
  private static final String[] IMAGE = {"batch", "6", "20", "20"};
  private static final String[] VOLUME = {"batch", "6", "20", "20", "20"};

  private EveryLayer() {}

  /** A layer, the types of inputs that it takes (none for a container) and how it takes them. */
  record One(
      Supplier<NnModule> make,
      List<TensorType> inputs,
      BiFunction<NnModule, List<Tensor>, List<Tensor>> forward) {}

  static List<One> all() {
    List<One> result = new ArrayList<>();
    result.addAll(products());
    result.addAll(windows());
    result.addAll(norms());
    result.addAll(sequences());
    result.addAll(activations());
    result.addAll(shaping());
    result.addAll(losses());
    result.addAll(containers());
    return result;
  }

  private static One unary(Supplier<UnaryModule> make, String... dims) {
    return new One(
        make::get,
        List.of(TensorType.of(DType.FLOAT32, dims)),
        (layer, x) -> List.of(((UnaryModule) layer).forward(x.getFirst())));
  }

  private static TensorType floats(String... dims) {
    return TensorType.of(DType.FLOAT32, dims);
  }

  private static List<One> products() {
    return List.of(
        unary(() -> new Linear(30, 40), "batch", "30"),
        unary(() -> new Linear(3, 4, false), "batch", "3"),
        new One(
            () -> new Bilinear(5, 6, 7),
            List.of(floats("batch", "5"), floats("batch", "6")),
            (layer, x) -> List.of(((Bilinear) layer).forward(x.get(0), x.get(1)))),
        new One(
            () -> new Embedding(50, 8, o -> o.paddingIdx(3)),
            List.of(TensorType.of(DType.INT64, "batch", "seq")),
            (layer, x) -> List.of(((Embedding) layer).forward(x.getFirst()))));
  }

  private static List<One> windows() {
    return List.of(
        unary(() -> new Conv1d(6, 8, 3), SIGNAL),
        unary(() -> new Conv2d(6, 8, 3, o -> o.padding(Padding.SAME).groups(2)), IMAGE),
        unary(() -> new Conv3d(6, 8, 3), VOLUME),
        unary(() -> new ConvTranspose1d(6, 8, 3), SIGNAL),
        unary(() -> new ConvTranspose2d(6, 8, 3), IMAGE),
        unary(() -> new ConvTranspose3d(6, 8, 3), VOLUME),
        unary(() -> new MaxPool1d(2), SIGNAL),
        unary(() -> new MaxPool2d(2), IMAGE),
        unary(() -> new MaxPool3d(2), VOLUME),
        unary(() -> new AvgPool1d(2), SIGNAL),
        unary(() -> new AvgPool2d(2), IMAGE),
        unary(() -> new AvgPool3d(2), VOLUME),
        unary(() -> new AdaptiveAvgPool1d(7), SIGNAL),
        unary(() -> new AdaptiveAvgPool2d(7), IMAGE),
        unary(() -> new AdaptiveAvgPool3d(7), VOLUME),
        unary(() -> new AdaptiveMaxPool1d(7), SIGNAL),
        unary(() -> new AdaptiveMaxPool2d(7), IMAGE),
        unary(() -> new AdaptiveMaxPool3d(7), VOLUME),
        unary(() -> new ConstantPad1d(2, 1), SIGNAL),
        unary(() -> new ConstantPad2d(2, 1), IMAGE),
        unary(() -> new ConstantPad3d(2, 1), VOLUME),
        unary(() -> new ZeroPad2d(2), IMAGE),
        unary(() -> new ReflectionPad1d(2), SIGNAL),
        unary(() -> new ReflectionPad2d(2), IMAGE),
        unary(() -> new ReflectionPad3d(2), VOLUME),
        unary(() -> new ReplicationPad1d(2), SIGNAL),
        unary(() -> new ReplicationPad2d(2), IMAGE),
        unary(() -> new ReplicationPad3d(2), VOLUME),
        unary(() -> new Upsample(o -> o.scaleFactor(2)), IMAGE),
        unary(() -> new UpsamplingNearest2d(o -> o.size(33)), IMAGE),
        unary(() -> new UpsamplingBilinear2d(o -> o.scaleFactor(2)), IMAGE));
  }

  private static List<One> norms() {
    return List.of(
        unary(() -> new BatchNorm1d(6), SIGNAL),
        unary(() -> new BatchNorm2d(6), IMAGE),
        unary(() -> new BatchNorm3d(6, o -> o.affine(false)), VOLUME),
        unary(() -> new BatchNorm1d(100), "batch", "100"),
        unary(() -> new InstanceNorm1d(6), SIGNAL),
        unary(() -> new InstanceNorm2d(6, o -> o.affine(true)), IMAGE),
        unary(() -> new InstanceNorm3d(6, o -> o.trackRunningStats(true)), VOLUME),
        unary(() -> new GroupNorm(3, 6), IMAGE),
        unary(() -> new LayerNorm(20, 20), IMAGE),
        unary(() -> new RMSNorm(20), SIGNAL));
  }

  private static List<One> sequences() {
    return List.of(
        new One(
            () -> new RNN(6, 9, o -> o.numLayers(2).bidirectional(true)),
            List.of(floats("steps", "batch", "6")),
            (layer, x) -> List.of(((RNN) layer).forward(x.getFirst()).output())),
        new One(
            () -> new LSTM(6, 9, o -> o.batchFirst(true)),
            List.of(floats("batch", "steps", "6")),
            (layer, x) -> List.of(((LSTM) layer).forward(x.getFirst()).output())),
        new One(
            () -> new GRU(6, 9),
            List.of(floats("steps", "batch", "6")),
            (layer, x) -> List.of(((GRU) layer).forward(x.getFirst()).output())),
        new One(
            () -> new RNNCell(6, 9),
            List.of(floats("batch", "6")),
            (layer, x) -> List.of(((RNNCell) layer).forward(x.getFirst()))),
        new One(
            () -> new LSTMCell(6, 70),
            List.of(floats("batch", "6")),
            (layer, x) -> List.of(((LSTMCell) layer).forward(x.getFirst()).hidden())),
        new One(
            () -> new GRUCell(6, 70),
            List.of(floats("batch", "6")),
            (layer, x) -> List.of(((GRUCell) layer).forward(x.getFirst()))),
        new One(
            () -> new MultiheadAttention(12, 3, o -> o.kdim(5).vdim(7).addBiasKv(true)),
            List.of(
                floats("steps", "batch", "12"),
                floats("keys", "batch", "5"),
                floats("keys", "batch", "7")),
            EveryLayer::attended),
        new One(
            () -> new MultiheadAttention(12, 3, o -> o.addZeroAttn(true)),
            List.of(
                floats("steps", "batch", "12"),
                floats("steps", "batch", "12"),
                floats("steps", "batch", "12")),
            EveryLayer::attended),
        unary(() -> new TransformerEncoderLayer(12, 3), "steps", "batch", "12"),
        unary(
            () -> new TransformerEncoder(new TransformerEncoderLayer(12, 3), 2, new LayerNorm(12)),
            "steps",
            "batch",
            "12"));
  }

  private static List<Tensor> attended(NnModule layer, List<Tensor> x) {
    return List.of(((MultiheadAttention) layer).forward(x.get(0), x.get(1), x.get(2)).output());
  }

  private static List<One> activations() {
    List<Supplier<UnaryModule>> made =
        List.of(
            ReLU::new,
            ReLU6::new,
            LeakyReLU::new,
            ELU::new,
            CELU::new,
            SELU::new,
            GELU::new,
            SiLU::new,
            Mish::new,
            Sigmoid::new,
            LogSigmoid::new,
            Tanh::new,
            Tanhshrink::new,
            Softsign::new,
            Softplus::new,
            Softshrink::new,
            Hardshrink::new,
            Hardsigmoid::new,
            Hardswish::new,
            Hardtanh::new,
            GLU::new,
            Dropout::new,
            Identity::new,
            () -> new Threshold(1, 2),
            () -> new Softmax(1),
            () -> new Softmin(1),
            () -> new LogSoftmax(1),
            PReLU::new,
            () -> new PReLU(6));
    return made.stream().map(make -> unary(make, IMAGE)).toList();
  }

  private static List<One> shaping() {
    return List.of(
        unary(Flatten::new, IMAGE),
        unary(() -> new Unflatten(1, 2, 3), IMAGE),
        unary(() -> new PixelShuffle(2), "batch", "8", "10", "10"),
        unary(() -> new PixelUnshuffle(2), IMAGE));
  }

  private static One loss(Supplier<Loss> make, TensorType... inputs) {
    return new One(
        make::get,
        List.of(inputs),
        (layer, x) -> List.of(((Loss) layer).forward(x.get(0), x.get(1))));
  }

  private static List<One> losses() {
    TensorType scores = floats("batch", "100");
    TensorType classes = TensorType.of(DType.INT64, "batch");
    return List.of(
        loss(L1Loss::new, scores, scores),
        loss(MSELoss::new, scores, scores),
        loss(SmoothL1Loss::new, scores, scores),
        loss(HuberLoss::new, scores, scores),
        loss(KLDivLoss::new, scores, scores),
        loss(() -> new BCELoss(o -> o.weight(Tensor.ones(100))), scores, scores),
        loss(() -> new BCEWithLogitsLoss(o -> o.posWeight(Tensor.ones(100))), scores, scores),
        loss(() -> new NLLLoss(o -> o.weight(Tensor.ones(100))), scores, classes),
        loss(() -> new CrossEntropyLoss(o -> o.weight(Tensor.ones(100))), scores, classes));
  }

  private static One container(Supplier<NnModule> make) {
    return new One(make, List.of(), (_, x) -> x);
  }

  private static List<One> containers() {
    return List.of(
        unary(() -> new Sequential(new Linear(20, 70), new ReLU()), SIGNAL),
        container(() -> new ModuleList<>(new Linear(20, 70), new Tanh())),
        container(() -> new ModuleDict<Linear>().add("fc", new Linear(20, 70))),
        container(() -> new ParameterList(Tensor.zeros(70))),
        container(() -> new ParameterDict(Map.entry("a", Tensor.zeros(70)))));
  }
}
