package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.*;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What tools are told of shapes and element types that do not fit a layer. */
class MismatchTest {
  /** Laws that an argument has only a part in. */
  private static final Set<String> LAWS = Set.of("Axis", "Pad", "Split", "Unflatten", "Window");

  private static SardonyxException error(
      NnModule module, Function<List<Tensor>, Tensor> forward, TensorType... types) {
    List<Value> inputs = new ArrayList<>();
    for (TensorType type : types) {
      inputs.add(new Value("x" + inputs.size(), type));
    }
    return Trace.of(module, inputs, x -> List.of(forward.apply(x))).failure().orElseThrow();
  }

  private static TensorType floats(String dims) {
    return TensorType.of(DType.FLOAT32, dims.isEmpty() ? new String[0] : dims.split(" "));
  }

  private static String told(SardonyxException error) {
    Mismatch found = error.mismatch().orElseThrow(() -> error);
    return "%s %s.%s: %s <- %s"
        .formatted(found.law(), found.owner(), found.argument(), found.expected(), found.found());
  }

  private static void unary(UnaryModule layer, String dims, String told) {
    unary(layer, floats(dims), told);
  }

  private static void unary(UnaryModule layer, TensorType type, String told) {
    SardonyxException error = error(layer, x -> layer.forward(x.getFirst()), type);
    assertThat(told(error)).isEqualTo(told);
    Mismatch found = error.mismatch().orElseThrow();
    boolean argument = !found.argument().isEmpty() && !LAWS.contains(found.law());
    assertThat(found.law().equalsIgnoreCase(found.argument())).isEqualTo(argument);
    String came = found.type();
    assertThat(came).isIn("", type.toString());
  }

  @Test
  void anArgumentThatTheInputContradictsIsNamed() {
    unary(new Linear(784, 10), "batch 100", "InFeatures Linear.inFeatures: 784 <- 100");
    unary(new Linear(784, 10), "batch 3 100", "InFeatures Linear.inFeatures: 784 <- 100");
    unary(new Conv1d(3, 8, 3), "n 4 20", "InChannels Conv1d.inChannels: 3 <- 4");
    unary(new Conv2d(3, 8, 3), "batch 1 28 28", "InChannels Conv2d.inChannels: 3 <- 1");
    unary(new Conv2d(3, 8, 3), "28 28 3", "InChannels Conv2d.inChannels: 3 <- 28");
    unary(new Conv3d(3, 8, 3), "n 1 9 9 9", "InChannels Conv3d.inChannels: 3 <- 1");
    unary(new ConvTranspose1d(3, 8, 3), "n 4 9", "InChannels ConvTranspose1d.inChannels: 3 <- 4");
    unary(new ConvTranspose2d(3, 8, 3), "n 4 9 9", "InChannels ConvTranspose2d.inChannels: 3 <- 4");
    unary(new ConvTranspose3d(3, 8, 3), "4 9 9 9", "InChannels ConvTranspose3d.inChannels: 3 <- 4");
    unary(new BatchNorm1d(6), "n 7", "NumFeatures BatchNorm1d.numFeatures: 6 <- 7");
    unary(new BatchNorm2d(6), "n 7 5 5", "NumFeatures BatchNorm2d.numFeatures: 6 <- 7");
    unary(new BatchNorm3d(6), "n 7 5 5 5", "NumFeatures BatchNorm3d.numFeatures: 6 <- 7");
    unary(new InstanceNorm1d(6), "n 7 5", "NumFeatures InstanceNorm1d.numFeatures: 6 <- 7");
    unary(new InstanceNorm2d(6), "7 5 5", "NumFeatures InstanceNorm2d.numFeatures: 6 <- 7");
    unary(new InstanceNorm3d(6), "n 7 5 5 5", "NumFeatures InstanceNorm3d.numFeatures: 6 <- 7");
    unary(new GroupNorm(2, 6), "n 8 5 5", "NumChannels GroupNorm.numChannels: 6 <- 8");
    unary(new LayerNorm(64), "n seq 32", "NormalizedShape LayerNorm.normalizedShape: 64 <- 32");
    unary(
        new LayerNorm(6, 7),
        "n 6 8",
        "NormalizedShape LayerNorm.normalizedShape: [6, 7] <- [6, 8]");
    unary(new RMSNorm(64), "n seq 32", "NormalizedShape RMSNorm.normalizedShape: 64 <- 32");
    unary(new PReLU(3), "n 4 5", "NumParameters PReLU.numParameters: 3 <- 4");
    unary(new Unflatten(1, 3, 5), "n 16", "Unflatten Unflatten.unflattenedSize: 15 <- 16");
    unary(
        new Unflatten(1, 3, -1),
        "n 16",
        "Unflatten Unflatten.unflattenedSize: a multiple of 3 <- 16");
    unary(new PixelShuffle(2), "n 6 5 5", "Split PixelShuffle.upscaleFactor: a multiple of 4 <- 6");
    unary(
        new PixelUnshuffle(2),
        "n 6 4 5",
        "Split PixelUnshuffle.downscaleFactor: a multiple of 2 <- 5");
    unary(new GLU(1), "n 7", "Split GLU.dim: an even size <- 7");
    unary(new Softmax(2), "n 7", "Axis Softmax.dim: [-2, 1] <- 2");
    unary(new LogSoftmax(-3), "n 7", "Axis LogSoftmax.dim: [-2, 1] <- -3");
    unary(new Flatten(3, -1), "n 7", "Axis Flatten.startDim: [-2, 1] <- 3");
    unary(new Flatten(1, 4), "n 7", "Axis Flatten.endDim: [-2, 1] <- 4");
    unary(new ReflectionPad1d(5), "n 2 5", "Pad ReflectionPad1d.padding: 4 at most <- 5");
    unary(
        new ConstantPad1d(-3, 0), "n 2 5", "Pad ConstantPad1d.padding: pads that fit 5 <- -3, -3");
    unary(
        new TransformerEncoderLayer(12, 3),
        "steps n 16",
        "DModel TransformerEncoderLayer.dModel: 12 <- 16");
    unary(
        new TransformerEncoder(new TransformerEncoderLayer(12, 3), 2),
        "steps n 16",
        "DModel TransformerEncoderLayer.dModel: 12 <- 16");
  }

  @Test
  void aWindowThatExceedsThePaddedInputNamesTheKernelAndTheFormula() {
    unary(new Conv2d(1, 1, 5), "n 1 9 3", "Window Conv2d.kernelSize: 5 or more <- 3");
    unary(new MaxPool2d(5), "1 1 4 4", "Window MaxPool2d.kernelSize: 5 or more <- 4");
    unary(new AvgPool1d(5), "1 4", "Window AvgPool1d.kernelSize: 5 or more <- 4");
    unary(new AvgPool3d(5), "n 2 9 9 4", "Window AvgPool3d.kernelSize: 5 or more <- 4");
    var layer = new Conv2d(1, 1, 3, o -> o.padding(1).stride(2).dilation(3));
    var error = error(layer, x -> layer.forward(x.getFirst()), floats("n 1 9 3"));
    assertThat(error.mismatch().orElseThrow().formula())
        .isEqualTo(
            "W' = floor((W + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1"
                + " with W = 3, padding = 1, dilation = 3, kernel = 3, stride = 2");
  }

  @Test
  void aRankNamesTheFormsThatTheLayerTakes() {
    String images = "[N, 3, H, W] or [3, H, W]";
    unary(new Conv2d(3, 8, 3), "n 100", "Rank Conv2d.: " + images + " <- [n, 100]");
    unary(new MaxPool1d(2), "n", "Rank MaxPool1d.: [N, C, L] or [C, L] <- [n]");
    unary(
        new AdaptiveAvgPool2d(1),
        "n 7",
        "Rank AdaptiveAvgPool2d.: [N, C, H, W] or [C, H, W] <- [n, 7]");
    unary(new BatchNorm2d(6), "n 6", "Rank BatchNorm2d.: [N, 6, H, W] <- [n, 6]");
    unary(new Linear(3, 4), "", "Rank Linear.: [..., 3] <- []");
    unary(new LayerNorm(3, 4), "4", "Rank LayerNorm.: [..., 3, 4] <- [4]");
    unary(new GroupNorm(2, 4), "4", "Rank GroupNorm.: [N, 4, ...] <- [4]");
    unary(
        new ReplicationPad2d(1),
        "n 7",
        "Rank ReplicationPad2d.: [N, C, L, L] or [C, L, L] <- [n, 7]");
    unary(new PixelShuffle(2), "4 7", "Rank PixelShuffle.: [..., C, H, W] <- [4, 7]");
    var upsample = new Upsample(o -> o.scaleFactor(2));
    String spatial = "[N, C, ...] with the spatial dims that mode nearest takes";
    unary(upsample, "4 7", "Rank Upsample.: " + spatial + " <- [4, 7]");
  }

  @Test
  void inputsOfLayersWithSeveralAreToldApart() {
    var bilinear = new Bilinear(5, 6, 7);
    BiFunction<String, String, String> both =
        (a, b) ->
            told(error(bilinear, x -> bilinear.forward(x.get(0), x.get(1)), floats(a), floats(b)));
    assertThat(both.apply("n 4", "n 6")).isEqualTo("In1Features Bilinear.in1Features: 5 <- 4");
    assertThat(both.apply("n 5", "n 5")).isEqualTo("In2Features Bilinear.in2Features: 6 <- 5");
    var attention = new MultiheadAttention(12, 3, o -> o.kdim(5));
    Function<String[], String> three =
        dims ->
            told(
                error(
                    attention,
                    x -> attention.forward(x.get(0), x.get(1), x.get(2)).output(),
                    floats(dims[0]),
                    floats(dims[1]),
                    floats(dims[2])));
    String name = " MultiheadAttention.";
    assertThat(three.apply(new String[] {"l n 16", "s n 5", "s n 12"}))
        .isEqualTo("EmbedDim" + name + "embedDim: 12 <- 16");
    assertThat(three.apply(new String[] {"l n 12", "s n 12", "s n 12"}))
        .isEqualTo("Kdim" + name + "kdim: 5 <- 12");
    assertThat(three.apply(new String[] {"l n 12", "s n 5", "s n 5"}))
        .isEqualTo("Vdim" + name + "vdim: 12 <- 5");
    assertThat(three.apply(new String[] {"l 4 12", "s 5 5", "s 5 12"}))
        .isEqualTo("Batch" + name + ": 4 <- 5");
    assertThat(three.apply(new String[] {"l 4 12", "7 4 5", "8 4 12"}))
        .isEqualTo("Length" + name + ": 7 <- 8");
  }

  @Test
  void recurrentLayersNameInputAndStates() {
    var rnn = new RNN(6, 9, o -> o.numLayers(2));
    BiFunction<String, String, String> step =
        (x, h) ->
            told(error(rnn, t -> rnn.forward(t.get(0), t.get(1)).output(), floats(x), floats(h)));
    assertThat(step.apply("l n 7", "2 n 9")).isEqualTo("InputSize RNN.inputSize: 6 <- 7");
    assertThat(step.apply("l n 6", "1 n 9")).isEqualTo("NumLayers RNN.numLayers: 2 <- 1");
    assertThat(step.apply("l n 6", "2 n 8")).isEqualTo("HiddenSize RNN.hiddenSize: 9 <- 8");
    assertThat(step.apply("l 4 6", "2 5 9")).isEqualTo("Batch RNN.: 4 <- 5");
    assertThat(step.apply("l 6", "2 n 9")).isEqualTo("Rank RNN.: [2, 9] <- [2, n, 9]");
    var lstm = new LSTM(6, 9, o -> o.batchFirst(true));
    assertThat(told(error(lstm, x -> lstm.forward(x.getFirst()).output(), floats("n l 5"))))
        .isEqualTo("InputSize LSTM.inputSize: 6 <- 5");
    var gru = new GRU(6, 9);
    assertThat(told(error(gru, x -> gru.forward(x.getFirst()).output(), floats("l n 5"))))
        .isEqualTo("InputSize GRU.inputSize: 6 <- 5");
    var cell = new LSTMCell(6, 9);
    assertThat(told(error(cell, x -> cell.forward(x.getFirst()).hidden(), floats("n 5"))))
        .isEqualTo("InputSize LSTMCell.inputSize: 6 <- 5");
    var gruCell = new GRUCell(6, 9);
    assertThat(
            told(
                error(
                    gruCell,
                    x -> gruCell.forward(x.get(0), x.get(1)),
                    floats("n 6"),
                    floats("n 8"))))
        .isEqualTo("HiddenSize GRUCell.hiddenSize: 9 <- 8");
  }

  @Test
  void targetsOfLossesAreNamed() {
    var loss = new CrossEntropyLoss();
    TensorType classes = TensorType.of(DType.INT64, "7");
    assertThat(told(error(loss, x -> loss.forward(x.get(0), x.get(1)), floats("8 10"), classes)))
        .isEqualTo("Target CrossEntropyLoss.: [8] <- [7]");
    assertThat(
            told(error(loss, x -> loss.forward(x.get(0), x.get(1)), floats("7 10"), floats("7"))))
        .isEqualTo("DType CrossEntropyLoss.: int64 <- float32");
    var binary = new BCELoss();
    assertThat(
            told(error(binary, x -> binary.forward(x.get(0), x.get(1)), floats("8"), floats("7"))))
        .isEqualTo("Target BCELoss.: [8] <- [7]");
    var mean = new MSELoss();
    assertThat(told(error(mean, x -> mean.forward(x.get(0), x.get(1)), floats("8"), floats("7"))))
        .isEqualTo("Broadcast MSELoss.: [8] <- [7]");
  }

  @Test
  void anElementTypeThatALayerDoesNotTakeIsNamed() {
    TensorType integers = TensorType.of(DType.INT64, "n", "6");
    TensorType images = TensorType.of(DType.INT64, "n", "6", "9", "9");
    unary(new Embedding(6, 4), floats("n 6"), "DType Embedding.: int64 or int32 <- float32");
    unary(new Linear(6, 4), integers, "DType Linear.: float32 <- int64");
    unary(new Conv2d(6, 4, 3), images, "DType Conv2d.: float32 <- int64");
    unary(new ConvTranspose2d(6, 4, 3), images, "DType ConvTranspose2d.: float32 <- int64");
    unary(new BatchNorm2d(6), images, "DType BatchNorm2d.: a float type <- int64");
    unary(new InstanceNorm2d(6), images, "DType InstanceNorm2d.: a float type <- int64");
    unary(new GroupNorm(2, 6), images, "DType GroupNorm.: a float type <- int64");
    unary(new LayerNorm(6), integers, "DType LayerNorm.: a float type <- int64");
    unary(new RMSNorm(6), integers, "DType RMSNorm.: a float type <- int64");
    var layer = new Embedding(6, 4);
    Errors.expect(
        ErrorCode.DTYPE,
        () -> Graphs.trace(layer, "n", "6"),
        "Embedding expects int64 or int32, found float32[n, 6]");
  }

  private static String operation(UnaryOperator<Tensor> body, String dims) {
    var module = new ManualModule() {};
    return told(error(module, x -> body.apply(x.getFirst()), floats(dims)));
  }

  @Test
  void operationsOnTensorsAreNamed() {
    assertThat(operation(x -> x.matmul(Tensor.ones(4, 5)), "n 3"))
        .isEqualTo("MatMul MatMul.: 4 <- 3");
    assertThat(operation(x -> x.add(Tensor.ones(4)), "n 3"))
        .isEqualTo("Broadcast Add.: [n, 3] <- [4]");
    assertThat(operation(x -> Tensor.cat(List.of(x, Tensor.ones(2, 4)), 0), "n 3"))
        .isEqualTo("Cat Concat.: 3 <- 4");
    assertThat(operation(x -> x.split(new long[] {2, 2}, 1).getFirst(), "n 3"))
        .isEqualTo("Split Split.: 3 <- 4");
    assertThat(operation(x -> x.expand(4, 5), "4 3"))
        .isEqualTo("Broadcast expand.: [4, 5] <- [4, 3]");
    assertThat(operation(x -> x.sum(3), "n 3"))
        .isEqualTo("Axis ReduceSum.: axes of rank 2, each once <- [3]");
    assertThat(operation(x -> x.transpose(0, 2), "n 3")).isEqualTo("Axis transpose.: [-2, 1] <- 2");
    assertThat(operation(x -> x.expand(List.of(x.size(2))), "n 3"))
        .isEqualTo("Axis size.: [-2, 1] <- 2");
    assertThat(operation(x -> x.select(-3, 0), "n 3")).isEqualTo("Axis select.: [-2, 1] <- -3");
    assertThat(operation(x -> x.unsqueeze(1).reshape(5, 5), "4 6"))
        .isEqualTo("Reshape Reshape.: 25 <- 24");
  }

  @Test
  void aReshapeTellsTheProduct() {
    var body = new ManualModule() {};
    var error =
        error(body, x -> x.getFirst().reshape(x.getFirst().size(0), 1000), floats("batch 64 7 7"));
    Mismatch found = error.mismatch().orElseThrow();
    assertThat(found.formula()).isEqualTo("64 * 7 * 7 = 3136");
    assertThat(found.foundNumber()).hasValue(3136);
    assertThat(found.expectedNumber()).hasValue(1000);
    assertThat(error.reason()).contains("(64 * 7 * 7 = 3136 vs 1000)");
  }

  @Test
  void detailsStayWithTheErrorThroughPlacesFilesAndWords() throws Exception {
    var details = Mismatch.of("InFeatures", "Linear", 784, 100).withArgument("inFeatures");
    var error = details.error("does not fit");
    assertThat(error.at("fc1").in("f.onnx").withReason("no").mismatch()).contains(details);
    assertThat(new SardonyxException(ErrorCode.CHECK, "outer", error).mismatch()).contains(details);
    assertThat(new SardonyxException(ErrorCode.SHAPE, "plain").mismatch()).isEmpty();
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(error);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((SardonyxException) in.readObject()).mismatch()).contains(details);
    }
  }

  @Test
  void textsOfHostileFilesAreShortened() {
    Mismatch found = Mismatch.of("Shape", "Add", "a".repeat(1_000_000), 3);
    assertThat(found.expected()).hasSizeLessThan(400);
  }

  /** The layers that cannot go on with inputs of other types, for want of what is not known. */
  private static Set<String> stopped(UnaryOperator<TensorType> open) {
    Set<String> stopped = new TreeSet<>();
    for (EveryLayer.One one : EveryLayer.all()) {
      List<TensorType> types = one.inputs().stream().map(open).toList();
      if (!types.isEmpty() && assertNoMismatch(one, types).isPresent()) {
        stopped.add(one.make().get().structure().typeName());
      }
    }
    return stopped;
  }

  private static TensorType with(TensorType type, UnaryOperator<Dim> open) {
    return type.withShape(Shape.of(type.shape().dims().stream().map(open).toList()));
  }

  @Test
  void noLayerCallsAnUnknownDimAMistake() {
    assertThat(stopped(type -> with(type, _ -> new Dim.Unknown())))
        .containsOnly(
            "AdaptiveAvgPool1d",
            "AdaptiveAvgPool2d",
            "AdaptiveAvgPool3d",
            "AdaptiveMaxPool1d",
            "AdaptiveMaxPool2d",
            "AdaptiveMaxPool3d",
            "MultiheadAttention",
            "PixelShuffle",
            "PixelUnshuffle",
            "RNN",
            "TransformerEncoder",
            "TransformerEncoderLayer",
            "Unflatten");
  }

  @Test
  void noLayerCallsASymbolAMistake() {
    UnaryOperator<Dim> open = dim -> dim.isFixed() ? new Dim.Symbol("size" + dim) : dim;
    assertThat(stopped(type -> with(type, open)))
        .containsOnly(
            "AdaptiveAvgPool1d",
            "AdaptiveAvgPool2d",
            "AdaptiveAvgPool3d",
            "AdaptiveMaxPool1d",
            "AdaptiveMaxPool2d",
            "AdaptiveMaxPool3d",
            "PixelUnshuffle");
  }

  @Test
  void noLayerCallsAnUnknownRankAMistake() {
    assertThat(stopped(type -> type.withShape(Shape.unknown())))
        .containsOnly(
            "AdaptiveAvgPool1d",
            "AdaptiveAvgPool2d",
            "AdaptiveAvgPool3d",
            "AdaptiveMaxPool1d",
            "AdaptiveMaxPool2d",
            "AdaptiveMaxPool3d",
            "Bilinear",
            "LSTM",
            "MultiheadAttention",
            "PReLU",
            "PixelShuffle",
            "PixelUnshuffle",
            "RNN",
            "TransformerEncoder",
            "TransformerEncoderLayer",
            "Unflatten",
            "Upsample",
            "UpsamplingBilinear2d",
            "UpsamplingNearest2d");
  }

  private static Optional<SardonyxException> assertNoMismatch(
      EveryLayer.One one, List<TensorType> types) {
    List<Value> inputs = new ArrayList<>();
    for (TensorType type : types) {
      inputs.add(new Value("x" + inputs.size(), type));
    }
    NnModule module = one.make().get();
    module.eval();
    var failure = Trace.of(module, inputs, x -> one.forward().apply(module, x)).failure();
    failure.ifPresent(
        error -> {
          assertThat(error.mismatch()).as(error.getMessage()).isEmpty();
          assertThat(error.code()).as(error.getMessage()).isEqualTo(ErrorCode.SHAPE);
        });
    return failure;
  }

  @Test
  void aSymbolThatMayBeOneMayBeExpanded() {
    var body = new ManualModule() {};
    Value seq = new Value("x", floats("seq"));
    Trace trace =
        Trace.of(
            body,
            List.of(seq),
            x -> List.of(x.getFirst().expand(List.of(x.getFirst().size(0).plus(1)))));
    assertThat(trace.failure()).isEmpty();
  }
}
