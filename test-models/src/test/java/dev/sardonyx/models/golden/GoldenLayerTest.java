package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Identity;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.LeakyReLU;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.SiLU;
import dev.sardonyx.api.nn.Sigmoid;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenLayerTest {
  private static final String TRAINING = "BatchNorm2d_train";

  static Map<String, Supplier<UnaryModule>> all() {
    Map<String, Supplier<UnaryModule>> layers = new TreeMap<>();
    layers.put("AdaptiveAvgPool2d_1", () -> new AdaptiveAvgPool2d(1, 1));
    layers.put("AdaptiveAvgPool2d_2", () -> new AdaptiveAvgPool2d(2));
    layers.put("AdaptiveAvgPool2d_3_2", () -> new AdaptiveAvgPool2d(3, 2));
    layers.put("AvgPool2d_2", () -> new AvgPool2d(2));
    layers.put(
        "AvgPool2d_opts_nopadcount",
        () -> new AvgPool2d(3, o -> o.stride(2).padding(1).ceilMode(true).countIncludePad(false)));
    layers.put(
        "AvgPool2d_opts_padcount",
        () -> new AvgPool2d(3, o -> o.stride(2).padding(1).countIncludePad(true)));
    layers.put("BatchNorm1d", () -> new BatchNorm1d(6));
    layers.put("BatchNorm1d_rank3", () -> new BatchNorm1d(6));
    layers.put("BatchNorm2d", () -> new BatchNorm2d(6));
    layers.put("BatchNorm2d_not_affine", () -> new BatchNorm2d(3, o -> o.eps(1e-3).affine(false)));
    layers.put(TRAINING, () -> new BatchNorm2d(3));
    layers.put("Conv2d_1_3_3", () -> new Conv2d(1, 3, 3));
    layers.put("Conv2d_depthwise", () -> new Conv2d(8, 8, 3, o -> o.padding(1).groups(8)));
    layers.put(
        "Conv2d_full_options",
        () ->
            new Conv2d(
                4,
                6,
                IntTuple.of(3, 5),
                o -> o.stride(2, 1).padding(1, 2).dilation(2, 1).groups(2).bias(false)));
    layers.put(
        "Conv2d_rect",
        () -> new Conv2d(2, 3, IntTuple.of(3, 5), o -> o.stride(2, 1).padding(1, 2)));
    layers.put("Dropout_eval", () -> new Dropout(0.2));
    layers.put("Flatten", Flatten::new);
    layers.put("Flatten_1_2", () -> new Flatten(1, 2));
    layers.put("Flatten_start0", () -> new Flatten(0, -1));
    layers.put("Identity", Identity::new);
    layers.put("LeakyReLU_0.1", () -> new LeakyReLU(0.1));
    layers.put("LeakyReLU_default", LeakyReLU::new);
    layers.put("LeakyReLU_negative", () -> new LeakyReLU(-0.3));
    layers.put("LeakyReLU_steep", () -> new LeakyReLU(1.5));
    layers.put("Linear_20_30", () -> new Linear(20, 30));
    layers.put("Linear_20_30_rank3", () -> new Linear(20, 30));
    layers.put("Linear_no_bias", () -> new Linear(20, 30, false));
    layers.put("Linear_rank1", () -> new Linear(20, 30));
    layers.put("MaxPool2d_2", () -> new MaxPool2d(2));
    layers.put(
        "MaxPool2d_opts",
        () -> new MaxPool2d(3, o -> o.stride(2).padding(1).dilation(2).ceilMode(true)));
    layers.put("MaxPool2d_stride_default", () -> new MaxPool2d(IntTuple.of(3, 2), o -> o));
    layers.put("PReLU", PReLU::new);
    layers.put("PReLU_3", () -> new PReLU(3));
    layers.put("ReLU", ReLU::new);
    layers.put("SiLU", SiLU::new);
    layers.put("Sigmoid", Sigmoid::new);
    layers.put("Softmax_dim0", () -> new Softmax(0));
    layers.put("Softmax_dim1", () -> new Softmax(1));
    layers.put("Softmax_dim_neg1", () -> new Softmax(-1));
    layers.put("Softmax_large", () -> new Softmax(1));
    layers.put("Tanh", Tanh::new);
    return layers;
  }

  static Stream<String> layers() {
    return all().keySet().stream();
  }

  static Stream<String> evaluated() {
    return layers().filter(name -> !name.equals(TRAINING));
  }

  private static UnaryModule layer(String name) {
    return Golden.named(all(), name).get();
  }

  private static UnaryModule loaded(String name) {
    UnaryModule layer = layer(name);
    layer.load(Golden.of("layers/" + name).weights(layer));
    return layer;
  }

  @Test
  void everyFolderHasItsLayer() {
    assertThat(all().keySet()).containsExactlyInAnyOrderElementsOf(Golden.names("layers"));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void describesItselfAsPyTorchPrints(String name) {
    String print = Golden.of("layers/" + name).text("print.txt");
    assertThat(layer(name).describe() + "\n").isEqualTo(print);
  }

  @ParameterizedTest
  @MethodSource("evaluated")
  void computesPyTorchsOutputsEverywhere(String name) {
    var golden = Golden.of("layers/" + name);
    UnaryModule layer = loaded(name);
    for (int number : golden.cases()) {
      Tensor x = golden.input(number);
      Tensor expected = golden.outputs(number).getFirst();
      Golden.assertAgrees(name + " eager", layer.forward(x), expected);
      var graph = Trace.of(layer, x.type()).graph();
      for (String engine : new String[] {"native", "ort"}) {
        try (Session session = Sardonyx.engine(engine).open(graph, SessionOptions.defaults())) {
          Golden.assertAgrees(name + " " + engine, session.run(x), expected);
        }
      }
    }
  }

  @Test
  void batchNormInTrainingUsesAndUpdatesStatisticsAsPyTorch() {
    var golden = Golden.of("layers/" + TRAINING);
    UnaryModule layer = loaded(TRAINING);
    layer.train();
    Golden.assertAgrees(TRAINING, layer.forward(golden.input(1)), golden.outputs(1).getFirst());
    Map<String, Tensor> after = layer.stateDict().entries();
    for (String statistic : new String[] {"running_mean", "running_var"}) {
      Golden.assertAgrees(
          statistic, Golden.named(after, statistic), golden.array("after_" + statistic + ".npy"));
    }
    assertThat(Golden.named(after, "num_batches_tracked").longs()).containsExactly(1235);
  }
}
