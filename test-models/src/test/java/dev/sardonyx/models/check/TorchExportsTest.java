package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.ort.OrtEngine;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Architectures that people bring from PyTorch, as its exporter writes them, give ONNX Runtime's
 * numbers. The files are made by golden/torch_exports.py.
 */
class TorchExportsTest {
  private static final double TOLERANCE = 1e-4;
  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({
    "resnet50, 64",
    "densenet, 64",
    "inception, 96",
    "squeezenet, 64",
    "vgg, 64",
  })
  void imageClassifiersAgree(String name, int size) throws IOException {
    assertAgree(name, Map.of("image", image(2, size, size)));
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 7", "3, 16"})
  void transformersAgreeAtEveryLength(int batch, int length) throws IOException {
    assertAgree(
        "bert",
        Map.of(
            "ids", ids(50, batch, length),
            "mask", ids(2, batch, length),
            "kinds", ids(2, batch, length)));
    assertAgree("gpt", Map.of("ids", ids(50, batch, length)));
  }

  @Test
  void recurrentNetworksAgree() throws IOException {
    assertAgree("lstm", Map.of("ids", ids(50, 2, 7)));
    assertAgree("lstm", Map.of("ids", ids(50, 3, 1)));
  }

  @ParameterizedTest
  @CsvSource({"12, 9", "4, 4", "2, 2", "16, 16"})
  void detectionsAgreeHoweverManyThereAre(int height, int width) throws IOException {
    assertAgree("detection", Map.of("image", image(1, height, width)));
  }

  /** PyTorch's numbers, which ONNX's words for align_corners would not give. */
  @ParameterizedTest
  @ValueSource(strings = {"corners", "corners_dynamic"})
  void alignedCornersLieWherePyTorchPutsThem(String name) throws IOException {
    Map<String, Tensor> x =
        Map.of("x", Tensor.of(new float[] {0, 1, 4, 9, 2, 0, 1, 5}, 1, 1, 2, 4));
    float[] expected = {
      0, 0.6f, 1.6f, 3.4f, 6, 9, 1, 0.7f, 0.9f, 2.1f, 4.3f, 7, 2, 0.8f, 0.2f, 0.8f, 2.6f, 5
    };
    for (Engine engine : List.of(new NativeEngine(), new OrtEngine())) {
      Tensor y = Objects.requireNonNull(run(engine, read(name), x).get("y"));
      assertThat(y.floats()).as(engine.name()).containsExactly(expected, Offset.offset(1e-6f));
    }
  }

  /** Also where ONNX Runtime's fusions would lose a value that is asked for, as in gpt. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet50",
        "densenet",
        "inception",
        "squeezenet",
        "vgg",
        "bert",
        "gpt",
        "lstm",
        "detection"
      })
  void everyNodeAgreesAndNoneIsLeftOut(String name) throws IOException {
    Graph graph = read(name);
    CheckReport report =
        CrossCheck.of(graph).engines("native", "ort").timing(Duration.ZERO).run().orThrow();
    assertThat(report.nodes()).isEqualTo(graph.nodes().size());
    assertThat(report.notes()).isEmpty();
  }

  private void assertAgree(String name, Map<String, Tensor> inputs) throws IOException {
    Graph graph = read(name);
    Map<String, Tensor> expected = run(new OrtEngine(), graph, inputs);
    Map<String, Tensor> found = run(new NativeEngine(), graph, inputs);
    assertThat(found).hasSameSizeAs(expected);
    expected.forEach(
        (output, wanted) -> assertClose(output, wanted, Objects.requireNonNull(found.get(output))));
  }

  private Graph read(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/exports/" + name + ".onnx")) {
      return Onnx.read(Objects.requireNonNull(in).readAllBytes(), name);
    }
  }

  private static Map<String, Tensor> run(Engine engine, Graph graph, Map<String, Tensor> inputs) {
    try (Session session = engine.open(graph, SessionOptions.defaults())) {
      return new LinkedHashMap<>(session.run(inputs));
    }
  }

  private static void assertClose(String name, Tensor wanted, Tensor found) {
    assertThat(found.type()).as(name).isEqualTo(wanted.type());
    double largest = 0;
    double farthest = 0;
    for (long i = 0; i < wanted.dense().elements(); i++) {
      double value = wanted.dense().doubleAt(i);
      largest = Math.max(largest, Math.abs(value));
      farthest = Math.max(farthest, Math.abs(value - found.dense().doubleAt(i)));
    }
    assertThat(farthest).as(name).isLessThanOrEqualTo(TOLERANCE * Math.max(1e-3, largest));
  }

  private Tensor image(int batch, int height, int width) {
    float[] values = new float[batch * 3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, batch, 3, height, width);
  }

  private Tensor ids(int most, int batch, int length) {
    return Tensor.of(random.longs(batch * length, 0, most).toArray(), batch, length);
  }
}
